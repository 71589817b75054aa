import type { Stateful } from './types.ts';

/** A NaN or infinity appeared: names the step and the first array that holds it. The run ends, its data stay. */
export class DivergenceError extends Error {
  override readonly name = 'DivergenceError';
  readonly step: number; // t, from 0
  readonly array: string; // name of the first array that is no longer finite

  constructor(step: number, array: string) {
    super(
      `Learning diverged at step ${step}: ${array} is no longer finite; try a smaller step size or gradient clipping`,
    );
    this.step = step;
    this.array = array;
  }
}

/** The name of the first array with a NaN or infinity. */
export function firstBad(state: Stateful): string {
  for (const [name, length] of Object.entries(state.arrays)) {
    const values = new Float64Array(length);
    state.read(name, values);
    if (!values.every(Number.isFinite)) return name;
  }
  return 'prediction';
}

export function allFinite(values: Float64Array): boolean {
  for (let k = 0; k < values.length; k++) if (!Number.isFinite(values[k]!)) return false;
  return true;
}
