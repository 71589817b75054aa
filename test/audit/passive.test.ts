import { describe, expect, it } from 'vitest';
import { lapTimes } from '../../src/audit/lap-times.ts';
import { type Passive, passive } from '../../src/audit/passive.ts';
import type { Dynamics, Estimator } from '../../src/types.ts';
import { UserError } from '../../src/user-error.ts';
import { get } from '../support/arrays.ts';
import { createEstimator, pulled, track } from '../oracle/estimate.ts';
import { createCell, problemOn } from '../oracle/problem.ts';

const q = Float64Array.from({ length: 6 }, (_, i) => 1 + i);

async function lived(wrap: (estimator: Estimator) => Estimator, id = 'snap', steps = 8, options: object = {}) {
  const cell = await createCell({ id: 'gru' });
  const estimator = wrap(await createEstimator(cell, id, options));
  const { advance } = track(cell, estimator);
  problemOn(cell, { steps }).inputs.forEach(advance);
  return { cell, estimator };
}

describe('a passive estimator', () => {
  it('is the estimator that it stands for', async () => {
    const { cell, estimator } = await lived(passive);
    const { estimator: plain } = await lived((one) => one);
    expect(pulled(cell, estimator, q)).toEqual(pulled(cell, plain, q));
    expect(get(estimator, 'traces')).toEqual(get(plain, 'traces'));
    expect(estimator).toMatchObject({ needs: plain.needs, cost: plain.cost, arrays: plain.arrays });
    expect(estimator.exactOn(cell.rows)).toBe(plain.exactOn(cell.rows));
    estimator.reset();
    expect(pulled(cell, estimator, q).every((value) => value === 0)).toBe(true);
  });

  it('counts its steps and the time that they take', async () => {
    const { estimator } = await lived(passive);
    const { steps, milliseconds, failure } = estimator as Passive;
    expect({ steps, failure }).toEqual({ steps: 8, failure: null });
    expect(milliseconds).toBeGreaterThan(0);
  });

  it('gives up where it can no longer follow, says why, and has no gradient then', async () => {
    const { cell, estimator } = await lived(passive, 'bptt', 8, { length: 5 });
    const { steps, failure } = estimator as Passive;
    expect(steps).toBe(5);
    expect(failure).toContain('Cannot go back through step 6 of an episode');
    expect(pulled(cell, estimator, q).every(Number.isNaN)).toBe(true);
  });

  it('gives up where a unit is replaced and it cannot forget one', async () => {
    const { estimator } = await lived(passive, 'rtrl');
    estimator.restart!(1);
    expect((estimator as Passive).failure).toBe('a unit was replaced, and it cannot forget one');
    const { estimator: forgets } = await lived(passive, 'none');
    forgets.restart!(1);
    expect((forgets as Passive).failure).toBeNull();
  });

  it('hides no mistake of the program', async () => {
    const { estimator } = await lived((one) => one);
    const broken = (error: Error): Passive =>
      passive({
        ...estimator,
        update: () => {
          throw error;
        },
      });
    const d = {} as Dynamics;
    expect(() => broken(new TypeError('not a function')).update(d)).toThrow('not a function');
    expect(() => broken(new UserError('Cannot go on')).update(d)).not.toThrow(); // control
  });
});

describe('lap times', () => {
  it('are medians over laps of microseconds per step; a lap without a step is none', () => {
    const figures = { milliseconds: 0, steps: 0 };
    const times = lapTimes({ one: figures as Passive, idle: { milliseconds: 0, steps: 0 } as Passive });
    for (const [milliseconds, steps] of [
      [1, 10], // 100 us
      [2, 20], // 100 us
      [2, 20], // no step
      [92, 30], // 9,000 us
    ] as const) {
      Object.assign(figures, { milliseconds, steps });
      times.lap();
    }
    expect(times.medians()).toEqual({ one: 100, idle: NaN });
  });
});
