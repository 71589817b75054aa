import type { Estimator } from '../types.ts';
import { isExpected } from '../user-error.ts';

/** An estimator that runs beside another: its own time is measured, and its failure ends nothing but itself. */
export interface Passive extends Estimator {
  readonly failure: string | null; // one line: why it no longer takes part
  readonly milliseconds: number; // spent in its updates and pulls
  readonly steps: number; // updates that were made
  giveUp(reason: string): void;
}

export function passive(estimator: Estimator): Passive {
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
      else giveUp('a unit was replaced, and it cannot forget one');
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
