/** One net on two threads: the same learner, split by columns. */
import { describe, expect, it } from 'vitest';
import { carry, get, snapshot } from '../support/arrays.ts';
import {
  learnerOn,
  type LearnerCase,
  live,
  type On,
  partsOf,
  randomLife,
  relativeGap,
} from '../support/kernel-learners.ts';
import { createLearnerOn } from '../../src/paths.ts';

const COLUMNS: LearnerCase = {
  cell: ['lstm-columns', { columns: 10 }],
  estimator: ['columnar'],
  features: ['normalised', { observation: true }],
  inputs: true,
};
const life = randomLife(600);
const on = (threads: number): On => ({ path: 'compiled', precision: 'f64', threads });

describe('two threads', () => {
  it.each([
    ['td-lambda', COLUMNS],
    ['rmsprop', { ...COLUMNS, rule: ['rmsprop'] }],
    ['tanh columns', { ...COLUMNS, cell: ['tanh-columns', { columns: 3 }] }],
    ['units read with both components', { ...COLUMNS, cell: ['lru', { units: 7 }] }],
    ['few of them', { ...COLUMNS, cell: ['rtu', { units: 1 }], features: ['activated'] }],
    ['state kept across episodes', { ...COLUMNS, settings: { keepStateAcrossEpisodes: true } }],
    ['no learning', { ...COLUMNS, settings: { learning: false } }],
  ] as [string, LearnerCase][])('learn what one does (%s)', async (_name, chosen) => {
    const one = (await learnerOn(chosen, on(1))).learner;
    const two = (await learnerOn(chosen, on(2))).learner;
    const v = live(one, life);
    expect(relativeGap(live(two, life), v)).toBeLessThan(1e-11);
    expect(relativeGap(get(two, 'cell.params'), get(one, 'cell.params'))).toBeLessThan(1e-11);
    const other = (await learnerOn({ ...chosen, rule: ['td-lambda', { lambda: 0.85 }] }, on(2))).learner;
    if (chosen.settings?.learning !== false) expect(relativeGap(live(other, life), v)).toBeGreaterThan(1e-9);
  });

  it.each([1, 2, 3, 4, 5, 8, 9])('share %d columns, few or many', async (columns) => {
    for (const features of ['normalised', 'raw']) {
      const chosen: LearnerCase = { ...COLUMNS, cell: ['lstm-columns', { columns }], features: [features] };
      for (const precision of ['f32', 'f64'] as const) {
        const one = (await learnerOn(chosen, { ...on(1), precision })).learner;
        const two = (await learnerOn(chosen, { ...on(2), precision })).learner;
        expect(relativeGap(live(two, life), live(one, life))).toBeLessThan(precision === 'f32' ? 1e-6 : 1e-11);
      }
    }
  });

  it('give the same bits every time', async () => {
    const [first, second] = [(await learnerOn(COLUMNS, on(2))).learner, (await learnerOn(COLUMNS, on(2))).learner];
    expect([...live(first, life)]).toEqual([...live(second, life)]);
    expect(snapshot(first)).toEqual(snapshot(second));
  });

  it('go on from what was read and written between chunks', async () => {
    const whole = (await learnerOn(COLUMNS, on(2))).learner;
    live(whole, life);
    const v = live(whole, life);
    const seen = (await learnerOn(COLUMNS, on(2))).learner;
    live(seen, life);
    snapshot(seen);
    const heir = (await learnerOn(COLUMNS, on(2))).learner;
    carry(seen, heir);
    expect([...live(heir, life)]).toEqual([...v]);
    expect([...live(seen, life)]).toEqual([...v]);
  });

  it('learn from targets, too', async () => {
    const targets = randomLife(300, { supervised: true });
    const one = (await learnerOn(COLUMNS, on(1))).learner;
    const two = (await learnerOn(COLUMNS, on(2))).learner;
    expect(relativeGap(live(two, targets), live(one, targets))).toBeLessThan(1e-11);
  });

  it.each([
    [{ ...COLUMNS, cell: ['gru'] }, 'its units read each other'],
    [{ ...COLUMNS, estimator: ['rtrl'] }, 'its estimator keeps no traces on own units'],
    [{ ...COLUMNS, cell: ['deep-columns'] }, 'its cell has layers'],
    [{ ...COLUMNS, questions: 2 }, 'it answers several questions'],
  ] as [LearnerCase, string][])('refuse a net that cannot be split: %#', async (chosen, why) => {
    await expect(learnerOn(chosen, on(2))).rejects.toThrow(`Cannot split the net over two threads: ${why}`);
  });

  it('are two at most', async () => {
    const parts = await partsOf(COLUMNS);
    expect(() => createLearnerOn(parts, {}, { threads: 3 })).toThrow('Cannot run on 3 threads: a net runs on 1 or 2');
  });
});
