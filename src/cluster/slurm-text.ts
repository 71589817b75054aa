/** What `agent-state status` says of Slurm: one line per submission, then why something waits or is not known. */
import { basename } from 'node:path';
import { isLive, type SlurmState, type SubmissionState } from './slurm-state.ts';

/** Submissions of a sweep; none where it was never submitted. */
export function slurmText({ submissions, remark }: SlurmState, plan: string): string[] {
  const its = submissions.filter(({ jobs, tasks }) => jobs.plan === plan && tasks.length > 0);
  if (its.length === 0) return [];
  return [...its.map(lineOf), ...(remark === null ? [] : [`states of jobs are not known: ${remark}`])];
}

function lineOf({ folder, jobs, tasks }: SubmissionState): string {
  const ids = jobs.arrays.flatMap(({ job }) => job ?? []).join(', ');
  const states = counted(tasks.map(({ state }) => state));
  const restarts = tasks.reduce((sum, task) => sum + (task.restarts ?? 0), 0);
  const reasons = [...new Set(tasks.filter(isLive).flatMap(({ reason }) => reason ?? []))];
  const again = restarts === 0 ? '' : `, ${restarts} times put back into the queue`;
  const waits = reasons.length === 0 ? '' : ` (${reasons.join(', ')})`;
  return `Slurm job ${ids}, ${basename(folder)}: ${states}${again}${waits}`;
}

/** `2 RUNNING, 3 PENDING` */
function counted(states: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const state of states) counts.set(state, (counts.get(state) ?? 0) + 1);
  return [...counts].map(([state, count]) => `${count} ${state}`).join(', ');
}
