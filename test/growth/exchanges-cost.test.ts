/** Planned = done, after weights have come and gone: the plan is that of the rows as they are. */
import { createRng } from '@rl-tools/envs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { listParts, loadPart } from '../../src/registry.ts';
import type { PlanNeeds } from '../../src/planner.ts';
import type { Growth } from '../../src/types.ts';
import { compileCounting, type Counted } from '../support/counted.ts';
import { exchanging, METHODS, SPARSE_CELLS } from '../support/exchanging.ts';
import { INPUTS } from '../support/growing.ts';
import { stepOf } from '../support/learners.ts';

let counted: Counted;
beforeAll(() => {
  counted = compileCounting();
});
afterAll(() => counted.remove());

const ESTIMATORS = [
  { id: 'snap', n: 1 },
  { id: 'snap', n: 2 },
  { id: 'rtrl' },
  { id: 'immediate' },
  { id: 'rflo' },
  { id: 'uoro' },
];

it('counts every part that moves weights about', async () => {
  const ids: string[] = [];
  for (const id of listParts('growth')) if ((await loadPart('growth', id)).restructures) ids.push(id);
  expect(
    Object.values(METHODS)
      .map(({ id }) => id)
      .sort(),
  ).toEqual(ids.sort());
});

it.each(Object.values(METHODS).flatMap((growth) => SPARSE_CELLS.map((cell) => [growth, cell] as const)))(
  '%o on %o',
  async (growth, cell) => {
    const { assembleReference } = await counted.load<typeof import('../../src/assemble.ts')>('src/assemble');
    const { createLearner } = await counted.load<typeof import('../../src/learner.ts')>('src/learner');
    const { planCost } = await counted.load<typeof import('../../src/planner.ts')>('src/planner');
    for (const estimator of ESTIMATORS) {
      const agent = exchanging({ cell: cell as never, estimator: estimator as never, growth });
      const { parts } = await assembleReference(agent, { inputSize: INPUTS, seed: 0 });
      let made: Growth | undefined;
      const learner = createLearner({ ...parts, growth: (site) => (made = parts.growth!(site)) });
      learner.write(
        'head.weights',
        Float64Array.from({ length: learner.arrays['head.weights']! }, () => 1),
      );
      const plan = (): number => {
        const { rule } = learner;
        const growthMacs = made!.macsPerStep;
        const needs: PlanNeeds = { ...parts, inputs: null, ruleMacs: rule.macsPerStep, growthMacs };
        return planCost(needs).macsPerStep;
      };
      const rng = createRng('life');
      const draw = (t: number) =>
        stepOf(Array.from({ length: INPUTS }, rng.normal), rng.normal(), 0.9, { start: t === 0 });
      const [before, revision] = [plan(), parts.cell.rows.revision];
      for (let t = 0; t < 25; t++) learner.step(draw(t));
      expect(parts.cell.rows.revision).toBeGreaterThan(revision);
      const step = draw(25);
      expect(counted.count(() => void learner.step(step))).toBe(plan());
      if (growth.id === 'magnitude-pruning') expect(plan()).toBeLessThan(before); // control
    }
  },
);
