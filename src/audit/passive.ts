import type { Cell, Estimator } from '../types.ts';
import { isExpected } from '../user-error.ts';
import { paramRanges } from '../weights-of-units.ts';

/** An estimator that runs beside another: its own time is measured, and its failure ends nothing but itself. */
export interface Passive extends Estimator {
  readonly failure: string | null; // one line: why it no longer takes part
  readonly milliseconds: number; // spent in its updates and pulls
  readonly steps: number; // updates that were made
  giveUp(reason: string): void;
}

/** `cell`: where its units may be replaced, which are columns then. */
export function passive(estimator: Estimator, cell: Cell | null = null): Passive {
  let failure: string | null = null;
  let milliseconds = 0;
  let steps = 0;
  const attempt = (act: () => void): void => {
    if (failure !== null) return;
    const began = performance.now();
    try {
      act();
    } catch (error) {
      if (!isExpected(error)) throw error;
      failure = error.message;
    }
    milliseconds += performance.now() - began;
  };
  const giveUp = (reason: string): void => void (failure ??= reason);
  return {
    get arrays() {
      return estimator.arrays;
    },
    ...(estimator.shape ? { shape: estimator.shape } : {}),
    read: (name, into) => estimator.read(name, into),
    write: (name, from) => estimator.write(name, from),
    reset: () => estimator.reset(),
    needs: estimator.needs,
    exactOn: (rows) => estimator.exactOn(rows),
    cost: estimator.cost,
    update(d) {
      attempt(() => estimator.update(d));
      if (failure === null) steps++;
    },
    pull(q, out) {
      attempt(() => estimator.pull(q, out));
      if (failure !== null) out.fill(NaN); // no longer a gradient
    },
    restart(unit) {
      if (estimator.restart) estimator.restart(unit);
      else if (cell === null || !forget(estimator, cell, unit)) giveUp(CANNOT);
    },
    giveUp,
    get failure() {
      return failure;
    },
    get milliseconds() {
      return milliseconds;
    },
    get steps() {
      return steps;
    },
  };
}

const CANNOT = 'a unit was replaced, and it cannot forget one';

/** Of a column's parameters all is 0, as at its start; false: there is no telling which numbers are of them. */
function forget(estimator: Estimator, cell: Cell, unit: number): boolean {
  const names = Object.keys(estimator.arrays);
  const places = names.map((name) => estimator.places?.(name) ?? null);
  if (places.includes(null)) return false;
  const isOwn = new Uint8Array(cell.params.length);
  const ranges = paramRanges(cell, (one) => one === unit);
  for (let i = 0; i < ranges.length; i += 2) isOwn.fill(1, ranges[i], ranges[i + 1]);
  names.forEach((name, i) => {
    const values = new Float64Array(estimator.arrays[name]!);
    estimator.read(name, values);
    for (let j = 0; j < values.length; j++) if (isOwn[places[i]!.param[j]!] === 1) values[j] = 0;
    estimator.write(name, values);
  });
  return true;
}
