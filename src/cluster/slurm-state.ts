/**
 * How submitted jobs stand. `scontrol` knows the queue and what ended lately, with the number of restarts; `sacct` knows
 * the rest, where accounting is on. What neither knows is UNKNOWN: the runs on disk say what was done.
 */
import { askProgram } from './ask-program.ts';
import { readSubmissions, type Submission, type Submitted } from './submission.ts';

export interface TaskState {
  readonly job: string; // 12_3
  readonly part: number;
  readonly runs: readonly number[]; // by their number in the plan
  readonly state: string; // Slurm's word, REQUEUED for one that waits to go on, or UNKNOWN
  readonly restarts: number | null;
  readonly reason: string | null; // why it waits
}

export interface SubmissionState extends Submitted {
  readonly tasks: readonly TaskState[]; // none where nothing was submitted
}

export interface SlurmState {
  readonly submissions: readonly SubmissionState[];
  readonly remark: string | null; // why states are unknown
}

interface Seen {
  readonly state: string;
  readonly restarts: number | null;
  readonly reason: string | null;
}

/** Of all submissions below results/<experiment>/slurm. */
export async function slurmState(root: string): Promise<SlurmState> {
  const submissions: SubmissionState[] = [];
  let remark: string | null = null;
  for (const { folder, jobs } of readSubmissions(root)) {
    const tasks: TaskState[] = [];
    for (const array of jobs.arrays) {
      if (array.job === null) continue;
      const seen = await look(array.job);
      if (typeof seen === 'string') remark = seen;
      tasks.push(...tasksOf(jobs, { ...array, job: array.job }, typeof seen === 'string' ? new Map() : seen));
    }
    submissions.push({ folder, jobs, tasks });
  }
  return { submissions, remark };
}

const OVER = /^(?:BOOT_FAIL|CANCELLED|COMPLETED|DEADLINE|FAILED|NODE_FAIL|OUT_OF_MEMORY|TIMEOUT|UNKNOWN)/;

/** Waits, runs, or is about to. */
export const isLive = ({ state }: TaskState): boolean => !OVER.test(state);

interface SubmittedArray {
  readonly job: string;
  readonly offset: number;
  readonly length: number;
}

function tasksOf(jobs: Submission, { job, offset, length }: SubmittedArray, seen: Map<number, Seen>): TaskState[] {
  return jobs.tasks.slice(offset, offset + length).map(({ part, runs }, t) => {
    const known = seen.get(t) ?? { state: 'UNKNOWN', restarts: null, reason: null };
    return { job: `${job}_${t}`, part, runs, ...known };
  });
}

/** By array task; a text says why nobody could be asked. */
async function look(job: string): Promise<Map<number, Seen> | string> {
  const queue = await askProgram('scontrol', ['show', 'job', '--oneliner', job]);
  if (queue === null) return 'there is no Slurm here';
  const seen = queue.code === 0 ? readScontrol(queue.stdout) : new Map<number, Seen>();
  const past = await askProgram('sacct', SACCT.concat(job));
  if (past?.code === 0) for (const [task, one] of readSacct(past.stdout)) if (!seen.has(task)) seen.set(task, one);
  // A job that it does not know (any more) is no failure of the controller.
  if (queue.code !== 0 && !/invalid job id/i.test(queue.stderr)) return `Slurm does not answer: ${queue.stderr}`;
  return seen;
}

const SACCT = ['--noheader', '--parsable2', '--allocations', '--array', '--format=JobID,State', '--jobs'];

/** One job a line, `Name=value` pairs; array tasks that still wait may share a line: ArrayTaskId=3,7-11%4. */
export function readScontrol(text: string): Map<number, Seen> {
  const seen = new Map<number, Seen>();
  for (const line of text.split('\n')) {
    const value = (name: string): string | undefined => new RegExp(`(?:^| )${name}=(\\S+)`).exec(line)?.[1];
    const state = value('JobState');
    const tasks = value('ArrayTaskId');
    if (state === undefined || tasks === undefined) continue;
    const restarts = Number(value('Restarts') ?? 0);
    const reason = value('Reason') ?? 'None';
    const one = {
      state: state === 'PENDING' && restarts > 0 ? 'REQUEUED' : state,
      restarts,
      reason: reason === 'None' ? null : reason,
    };
    for (const task of taskIds(tasks)) seen.set(task, one);
  }
  return seen;
}

/** `12_3|COMPLETED`, `12_[4-6%2]|PENDING`, `12_7|CANCELLED by 1000`. */
export function readSacct(text: string): Map<number, Seen> {
  const seen = new Map<number, Seen>();
  for (const line of text.split('\n')) {
    const [, tasks, state] = /^\d+_\[?([\d,%:-]+)\]?\|([A-Z_]+)/.exec(line) ?? [];
    if (tasks === undefined || state === undefined) continue;
    for (const task of taskIds(tasks)) seen.set(task, { state, restarts: null, reason: null });
  }
  return seen;
}

/** 0,3-5,8-12:2%4 */
function taskIds(text: string): number[] {
  return text
    .replace(/%.*$/, '')
    .split(',')
    .flatMap((range) => {
      const [, first, last, step] = /^(\d+)(?:-(\d+)(?::(\d+))?)?$/.exec(range) ?? [];
      if (first === undefined) return [];
      const from = Number(first);
      const by = Number(step ?? 1);
      return Array.from({ length: Math.floor((Number(last ?? from) - from) / by) + 1 }, (_, i) => from + i * by);
    });
}
