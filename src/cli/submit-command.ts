/** agent-state sweep --on slurm|kubernetes: what is missing becomes jobs of a cluster. */
import { relative } from 'node:path';
import { type ClusterWords, readClusterOptions } from '../cluster/cluster-options.ts';
import { writeKubernetesJob } from '../cluster/kubernetes.ts';
import { submitSlurm, tellSubmitted } from '../cluster/slurm.ts';
import type { SweepPlan } from '../results/sweep-plan.ts';
import { isMissing, type PlannedState } from '../run/plan-states.ts';
import { type LimitFlags, limitsOf } from './limits.ts';
import { type LogFlags, logOptions } from './log-options.ts';
import { wholeNumber } from './numbers.ts';
import { printJson } from './print-json.ts';

export interface SubmitOptions extends ClusterWords, LimitFlags, LogFlags {
  readonly on?: string;
  readonly checkpointEvery?: string;
  readonly json?: boolean;
}

export interface Planned {
  readonly plan: SweepPlan;
  readonly planPath: string;
  readonly states: readonly PlannedState[]; // of the runs that are asked for
  readonly seconds: number; // estimate for all that are missing
}

export async function submitCommand({ plan, planPath, states, seconds }: Planned, options: SubmitOptions) {
  const cluster = readClusterOptions(options);
  const missing = states.filter(isMissing).map(({ index }) => index);
  if (missing.length === 0) return options.json ? printJson({ runs: 0 }) : console.log('nothing is missing');
  const needs = {
    plan,
    planPath,
    missing,
    secondsPerRun: seconds > 0 ? seconds / missing.length : null,
    options: cluster,
    workOptions: workOptions(options),
  };
  if (options.on === 'kubernetes') {
    const { path, text } = writeKubernetesJob(needs);
    if (options.json) return printJson({ manifest: path, runs: missing.length });
    return console.log(`${text}\nmanifest   ${relative(process.cwd(), path)}`);
  }
  const submitted = await submitSlurm(needs);
  if (options.json) printJson(submitted);
  else console.log(tellSubmitted(submitted));
}

/** What is said of runs and not of the cluster is passed on; a mistake in it is told here, not in a log of the cluster. */
function workOptions(options: SubmitOptions): string[] {
  limitsOf(options);
  logOptions(options);
  const { checkpointEvery, timeLimit, memoryLimit, logLevel, logEvery } = options;
  const every = checkpointEvery === undefined ? undefined : String(wholeNumber('--checkpoint-every', checkpointEvery));
  const said = {
    '--checkpoint-every': every,
    '--time-limit': timeLimit,
    '--memory-limit': memoryLimit,
    '--log-level': logLevel,
    '--log-every': logEvery,
  };
  return Object.entries(said).flatMap(([name, value]) => (value === undefined ? [] : [name, value]));
}
