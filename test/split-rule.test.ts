/** A rule for the cell and another for the head: each moves its own group as it would alone. */
import { createRng } from '@rl-tools/envs';
import { expect, it } from 'vitest';
import { get } from './support/arrays.ts';
import { smallLearner, stepOf } from './support/learners.ts';

const td = { id: 'td-lambda', alpha: 0.01, lambda: 0.5 };
const rms = { id: 'rmsprop', alpha: 0.002, lambda: 0.9 };

async function live(rule: object, headRule: object | null) {
  const learner = await smallLearner({ rule: rule as { id: string }, headRule: headRule as { id: string } | null });
  const rng = createRng('life');
  for (let t = 0; t < 50; t++) {
    learner.step(stepOf([rng.normal(), rng.normal()], rng.normal(), 0.9, { start: t === 0 }));
  }
  return learner;
}

it('the same rule twice is the rule for both', async () => {
  const [one, two, control] = [await live(td, null), await live(td, td), await live(td, rms)];
  for (const name of ['cell.params', 'head.weights']) {
    expect(get(two, name)).toEqual(get(one, name));
    expect(get(control, name)).not.toEqual(get(one, name));
  }
});

it('each has its own arrays, and tells its own step sizes', async () => {
  const learner = await live(td, rms);
  expect(Object.keys(learner.arrays)).toEqual(
    expect.arrayContaining(['rule.cell.z.cell', 'rule.head.z.head', 'rule.head.nu.head']),
  );
  expect(Object.keys(learner.arrays)).not.toContain('rule.cell.nu.cell');
  const cell = new Float64Array(get(learner, 'cell.params').length);
  learner.rule.stepSizes('cell', cell);
  expect(new Set(cell)).toEqual(new Set([0.01]));
  const head = new Float64Array(get(learner, 'head.weights').length);
  learner.rule.stepSizes('head', head);
  expect(new Set(head).size).toBeGreaterThan(1);
});

it('a rule of the head alone stands beside any rule of the cell', async () => {
  const learner = await live(td, { id: 'rls' });
  expect(get(learner, 'rule.head.P').length).toBeGreaterThan(0);
  await expect(live({ id: 'rls' }, td)).rejects.toThrow(
    /^Cannot learn the cell: this step-size rule moves the head alone/,
  );
});

it('an error that is not finite stops the run before a rule sees it, or teaches nothing', async () => {
  const poisoned = stepOf([1, 2], Infinity, 0.9);
  const stopping = await live(td, null);
  const before = Object.keys(stopping.arrays).map((name) => [name, get(stopping, name)] as const);
  expect(() => stopping.step(poisoned)).toThrow(/^Learning diverged at step 50: delta/);
  for (const [name, values] of before) {
    if (name.startsWith('rule.') || name.endsWith('weights') || name === 'cell.params') {
      expect(get(stopping, name)).toEqual(values);
    }
  }
  const skipping = await smallLearner({ rule: td, nonFinite: 'skip' });
  skipping.step(stepOf([1, 0], 0, 0.9, { start: true }));
  skipping.step(poisoned);
  expect(get(skipping, 'learner.skipped')).toEqual([1]);
  const standing = get(skipping, 'head.weights');
  skipping.step(stepOf([1, 1], 2, 0.9));
  expect(get(skipping, 'head.weights')).not.toEqual(standing); // it goes on
  expect(get(skipping, 'rule.z.head').every(Number.isFinite)).toBe(true);
});
