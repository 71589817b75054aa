/** A learning curve that never grows: where it is full, neighbours become their mean, and points twice as long. */
import type { Curve } from './protocol.ts';

const FIRST = 250; // steps of a point at the start
const MOST = 512; // points

export interface ThinnedCurve {
  readonly first: number;
  /** The mean over the stretch of `first` steps that ends at `step`; stretches come in order, and some may be missing. */
  add(step: number, value: number): void;
  shown(): Curve;
}

export function thinnedCurve(): ThinnedCurve {
  let every = FIRST;
  const step = new Float64Array(MOST);
  const sum = new Float64Array(MOST);
  const count = new Float64Array(MOST); // stretches in each point
  let length = 0;
  const put = (end: number, value: number, stretches: number): void => {
    if (length === 0 || step[length - 1] !== end) {
      step[length] = end;
      sum[length] = 0;
      count[length] = 0;
      length++;
    }
    sum[length - 1]! += value;
    count[length - 1]! += stretches;
  };
  const thin = (): void => {
    every *= 2;
    const old = length;
    length = 0;
    for (let i = 0; i < old; i++) put(Math.ceil(step[i]! / every) * every, sum[i]!, count[i]!);
  };
  return {
    first: FIRST,
    add(at, value) {
      const end = Math.ceil(at / every) * every;
      if (length === MOST && step[length - 1] !== end) {
        thin();
        return this.add(at, value);
      }
      put(end, value, 1);
    },
    // The last point is still being made; it is shown as it stands.
    shown: () => ({
      every,
      step: step.slice(0, length),
      value: Float64Array.from({ length }, (_, i) => sum[i]! / count[i]!),
    }),
  };
}
