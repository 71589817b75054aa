/** Where every run of a sweep stands, from disk alone. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { leaseHolder } from '../results/lease.ts';
import { isFinished, readRunRecord, type RunRecord, type RunStatus } from '../results/run-record.ts';
import { type PlannedRun, plannedRun, planSize, type SweepPlan } from '../results/sweep-plan.ts';
import { isExpected } from '../user-error.ts';
import { isWhole } from './run-files.ts';

/** `running`: somebody is at it; `damaged`: its files are not what they were, or cannot be read. */
export type PlannedStatus = RunStatus | 'missing' | 'damaged';

export interface PlannedState extends PlannedRun {
  readonly index: number; // in the plan
  readonly folder: string;
  readonly status: PlannedStatus;
  readonly record: RunRecord | null;
}

/** `experiment` is the folder results/<experiment>. */
export function planStates(plan: SweepPlan, experiment: string, indices?: readonly number[]): PlannedState[] {
  const all = indices ?? Array.from({ length: planSize(plan) }, (_, i) => i);
  return all.map((index) => {
    const run = plannedRun(plan, index);
    const folder = join(experiment, run.setting.hash, String(run.seed));
    return { ...run, index, folder, ...look(folder) };
  });
}

/** What a sweep has still to do. */
export const isMissing = ({ status }: PlannedState): boolean => status !== 'done' && status !== 'diverged';

function look(folder: string): Pick<PlannedState, 'status' | 'record'> {
  const path = join(folder, 'run.json');
  if (!existsSync(path)) return { status: isHeld(folder) ? 'running' : 'missing', record: null };
  let record: RunRecord;
  try {
    record = readRunRecord(path);
  } catch (error) {
    if (!isExpected(error)) throw error;
    return { status: 'damaged', record: null };
  }
  return { status: standing(record, folder), record };
}

/** Of a run that has begun: what run.json says is only true while its files, or its process, bear it out. */
export function standing(record: RunRecord, folder: string): PlannedStatus {
  if (isFinished(record.status)) return isWhole(record, folder) ? record.status : 'damaged';
  if (isHeld(folder)) return 'running';
  return record.status === 'running' ? 'interrupted' : record.status; // whoever was killed could not say so
}

/** A lease that cannot be read is told of by whoever tries that run: the others go on. */
function isHeld(folder: string): boolean {
  try {
    return existsSync(join(folder, '..')) && leaseHolder(folder) !== null;
  } catch (error) {
    if (!isExpected(error)) throw error;
    return false;
  }
}
