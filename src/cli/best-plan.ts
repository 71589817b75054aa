import { indexRuns } from '../results/run-index.ts';
import { listPlans, planId, type PlannedSetting, readPlan, type SweepPlan } from '../results/sweep-plan.ts';
import { UserError } from '../user-error.ts';

/** A plan of the named settings alone, for fresh seeds of what was chosen: of this sweep, of earlier ones, of any run. */
export function bestPlan(asked: SweepPlan, experiment: string, hashes: readonly string[]): SweepPlan {
  const known = new Map<string, PlannedSetting>();
  for (const { record } of indexRuns(experiment).runs) {
    const { setting: hash, config } = record;
    known.set(hash, { hash, label: hash, config });
  }
  for (const path of listPlans(experiment)) readPlan(path).settings.forEach((one) => known.set(one.hash, one));
  asked.settings.forEach((one) => known.set(one.hash, one));
  const settings = hashes.map((hash) => {
    const found = known.get(hash);
    if (found) return found;
    throw new UserError(
      `Cannot find setting ${hash} of ${asked.experiment}: agent-state report ${asked.experiment} names the best`,
    );
  });
  return { ...asked, settings, id: planId(settings) };
}
