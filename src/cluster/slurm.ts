/**
 * Sweeps on Slurm. In `agent-state sweep --on slurm`, once the plan is written and the missing runs are known:
 *
 *   const submitted = await submitSlurm({ plan, planPath, missing, secondsPerRun, options: readClusterOptions(words) });
 *   console.log(tellSubmitted(submitted));
 *
 * Any number of times: runs that already wait or run in Slurm are not submitted again.
 */
import { chmodSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';
import { atomicWrite } from '../results/atomic-write.ts';
import { planSize, plannedRun, type SweepPlan } from '../results/sweep-plan.ts';
import { UserError } from '../user-error.ts';
import { askProgram } from './ask-program.ts';
import type { ClusterOptions } from './cluster-options.ts';
import { chunksOf, groupSize, shareOut } from './parts.ts';
import { slurmScript } from './slurm-script.ts';
import { isLive, slurmState } from './slurm-state.ts';
import { newSubmissionFolder, type Submission, writeSubmission } from './submission.ts';

export interface SlurmNeeds {
  readonly plan: SweepPlan;
  readonly planPath: string; // results/<experiment>/sweeps/<id>.json
  readonly missing: readonly number[]; // numbers of runs of the plan
  readonly secondsPerRun: number | null; // estimate; null: there is none
  readonly options: ClusterOptions;
  readonly workOptions?: readonly string[]; // passed on to `agent-state work`
}

export interface SlurmSubmitted {
  readonly folder: string | null; // null: there was nothing to submit
  readonly script: string; // its text
  readonly commands: readonly (readonly string[])[]; // that submit, or would
  readonly jobs: readonly string[]; // ids of array jobs; none with --dry-run
  readonly tasks: number;
  readonly runs: number;
  readonly queued: number; // missing runs that wait or run in Slurm already
}

const BETWEEN = 2000; // milliseconds: the controller serves others too
const MAX_ARRAY_SIZE = 1001; // Slurm's default

export async function submitSlurm(needs: SlurmNeeds): Promise<SlurmSubmitted> {
  const { plan, options } = needs;
  const planPath = resolve(needs.planPath);
  const root = join(dirname(dirname(planPath)), 'slurm');
  const here = await askProgram('sbatch', ['--version']);
  if (here === null && !options.dryRun) {
    throw new UserError(
      'Cannot submit to Slurm: there is no sbatch here; go to a login node of the cluster; --dry-run writes the script without submitting',
    );
  }
  const queued = here === null ? new Set<string>() : await inQueue(root);
  const missing = needs.missing.filter((run) => !queued.has(nameOf(plan, run)));
  const still = needs.missing.length - missing.length;
  if (missing.length === 0) {
    return { folder: null, script: '', commands: [], jobs: [], tasks: 0, runs: 0, queued: still };
  }
  const group = options.group ?? groupSize(needs.secondsPerRun, options.seconds, options.cpus);
  const { of, tasks } = shareOut(missing, planSize(plan), group);
  const chunks = chunksOf(tasks.length, await maxArraySize());
  const folder = newSubmissionFolder(root, plan.id);
  const script = slurmScript({
    name: plan.experiment,
    folder,
    cwd: process.cwd(),
    work: [process.execPath, MAIN, 'work', planPath, ...(needs.workOptions ?? [])],
    of,
    parts: tasks.map(({ part }) => part),
    options,
  });
  const path = join(folder, 'job.sh');
  atomicWrite(path, script);
  chmodSync(path, 0o755);
  const jobs: Submission = {
    format: 1,
    plan: plan.id,
    path: planPath,
    settings: plan.settings.map(({ hash }) => hash),
    seeds: [...plan.seeds],
    of,
    tasks: tasks.map(({ part, runs }) => ({ part, runs: [...runs] })),
    arrays: chunks.map(([offset, length]) => ({ job: null, offset, length })),
    createdAt: new Date().toISOString(),
  };
  writeSubmission(folder, jobs);
  const atOnce = Math.max(1, Math.floor(options.atOnce / chunks.length));
  const commands = chunks.map(([offset, length]) => submitCommand(path, offset, length, atOnce));
  const told = { folder, script, commands, tasks: tasks.length, runs: missing.length, queued: still };
  return { ...told, jobs: options.dryRun ? [] : await submit(commands, folder, jobs) };
}

/** The compiled command line, also for a test that imports this file as it is. */
const MAIN = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../../dist/src/cli/main.js' : '../cli/main.js', import.meta.url),
);

const submitCommand = (path: string, offset: number, length: number, atOnce: number): readonly string[] => [
  'sbatch',
  '--parsable',
  `--array=0-${length - 1}%${Math.min(length, atOnce)}`,
  path,
  String(offset),
];

/** Every id is on disk before the next array is submitted. */
async function submit(commands: readonly (readonly string[])[], folder: string, jobs: Submission): Promise<string[]> {
  const arrays = [...jobs.arrays];
  const ids: string[] = [];
  for (const [i, [program, ...args]] of commands.entries()) {
    if (i > 0) await wait(BETWEEN);
    const answer = await askProgram(program!, args);
    const [, id] = /^(\d+)/.exec(answer?.stdout ?? '') ?? [];
    if (id === undefined) throw refused(answer?.stderr ?? '', ids, commands.length);
    ids.push(id);
    arrays[i] = { ...arrays[i]!, job: id };
    writeSubmission(folder, { ...jobs, arrays });
  }
  return ids;
}

function refused(stderr: string, ids: readonly string[], all: number): UserError {
  const reason = stderr.replaceAll(/\s*\n\s*/g, '; ').replace(/^sbatch: (?:error: )?/, '') || 'sbatch gave no job id';
  const before = ids.length === 0 ? '' : `; ${ids.length} of ${all} arrays are submitted (${ids.join(', ')})`;
  return new UserError(`Cannot submit to Slurm: ${reason}${before}`);
}

/** A run of any plan, whose numbers may have moved since. */
const nameOf = (plan: SweepPlan, run: number): string => {
  const { setting, seed } = plannedRun(plan, run);
  return `${setting.hash}/${seed}`;
};

/** Runs of this experiment that wait or run. */
async function inQueue(root: string): Promise<Set<string>> {
  const { submissions } = await slurmState(root);
  const names = submissions.flatMap(({ jobs: { settings, seeds }, tasks }) =>
    tasks
      .filter(isLive)
      .flatMap(({ runs }) =>
        runs.map((run) => `${settings[run % settings.length]}/${seeds[Math.floor(run / settings.length)]}`),
      ),
  );
  return new Set(names);
}

/** One more than the largest number of an array task. */
async function maxArraySize(): Promise<number> {
  const answer = await askProgram('scontrol', ['show', 'config']);
  const [, size] = /^MaxArraySize\s*=\s*(\d+)/m.exec(answer?.stdout ?? '') ?? [];
  return Math.max(1, Number(size ?? MAX_ARRAY_SIZE));
}

/** For a person. */
export function tellSubmitted({ folder, script, commands, jobs, tasks, runs, queued }: SlurmSubmitted): string {
  const waiting = queued === 0 ? [] : [`${queued} missing runs wait or run in Slurm already`];
  if (folder === null) return [...waiting, 'nothing to submit'].join('\n');
  const show = relative(process.cwd(), folder) || '.';
  const shared = `${runs} ${runs === 1 ? 'run' : 'runs'} in ${tasks} ${tasks === 1 ? 'task' : 'tasks'}`;
  if (jobs.length > 0) {
    const names = `${jobs.length === 1 ? 'array job' : 'array jobs'} ${jobs.join(', ')}`;
    return [...waiting, `submitted ${shared}: ${names}`, `script and output   ${show}/`].join('\n');
  }
  const lines = commands.map((words) => words.join(' '));
  return [...waiting, script, `not submitted: ${shared}; to submit:`, ...lines].join('\n');
}
