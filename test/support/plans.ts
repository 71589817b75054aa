/** Sweep plans whose settings mean nothing, for tests that only share them out. */
import { join } from 'node:path';
import { planId, planPath, type SweepPlan, writePlan } from '../../src/results/sweep-plan.ts';
import { settingHash } from '../../src/results/setting-hash.ts';

export interface PlanOnDisk {
  readonly plan: SweepPlan;
  readonly planPath: string;
}

export function writeTestPlan(folder: string, settings: number, seeds: number): PlanOnDisk {
  const planned = Array.from({ length: settings }, (_, i) => ({
    hash: settingHash({ alpha: i }),
    label: `alpha=${i}`,
    config: { alpha: i },
  }));
  const plan: SweepPlan = {
    format: 1,
    experiment: 'trace',
    id: planId(planned),
    settings: planned,
    seeds: Array.from({ length: seeds }, (_, i) => i),
    createdAt: new Date(0).toISOString(),
    argv: [],
  };
  const path = planPath(join(folder, 'results', 'trace'), plan.id);
  writePlan(path, plan);
  return { plan, planPath: path };
}

/** The numbers of all its runs. */
export const allRuns = ({ settings, seeds }: SweepPlan): number[] =>
  Array.from({ length: settings.length * seeds.length }, (_, i) => i);
