/** Plans of sweeps on disk. */
import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { indicesOf, readPlan, withEarlierSeeds } from '../../src/results/sweep-plan.ts';
import { tempFolder } from '../support/temp.ts';
import { writeTestPlan } from '../support/plans.ts';

it('keep the seeds of earlier ones in front, under their numbers', () => {
  const { plan, planPath } = writeTestPlan(tempFolder(), 2, 3);
  const more = withEarlierSeeds({ ...plan, seeds: [7, 1] }, planPath);
  expect(more.seeds).toEqual([0, 1, 2, 7]);
  expect(indicesOf(more, [7, 1])).toEqual([2, 3, 6, 7]);
});

it('are written anew where the earlier one cannot be read', () => {
  const { plan, planPath } = writeTestPlan(tempFolder(), 2, 3);
  writeFileSync(planPath, '');
  expect(() => readPlan(planPath)).toThrow(/^Cannot read the sweep .*: it is not JSON; agent-state sweep writes it$/);
  expect(withEarlierSeeds(plan, planPath)).toEqual(plan);
});
