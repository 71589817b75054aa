/** One run with its paper trail: folder, run.json, log.ndjson, and one line for whatever goes wrong. */
import { existsSync, statSync } from 'node:fs';
import { readCheckpoint } from '../checkpoint.ts';
import { createLogger } from '../log/create-logger.ts';
import { logEvent, runLogger } from '../log/log-event.ts';
import { type Logger, silentLogger } from '../log/logger.ts';
import { type LogFile, openLog } from '../log/open-log.ts';
import { stderrLog } from '../log/stderr-log.ts';
import { holdLease } from '../results/hold-lease.ts';
import { createRunFolder, openRunFolder, type RunFolder } from '../results/run-folder.ts';
import { readRunRecord, updateRunRecord } from '../results/run-record.ts';
import { onScratch, type Scratch } from '../results/scratch.ts';
import type { PathChosen } from '../paths.ts';
import { isExpected } from '../user-error.ts';
import { type Claimed, claimFolder, finishedResult } from './claim-folder.ts';
import type { RunControl } from './control.ts';
import { failedResult } from './failed-result.ts';
import { tellLeftOut } from './tell-left-out.ts';
import type { LogMetrics } from './log-metrics.ts';
import { fileSizes } from './run-files.ts';
import type { RunEnd, RunResult } from './result.ts';
import { checkpointPath, type OnStep, runOne } from './run-one.ts';
import type { RunJob } from './run-job.ts';
import type { RunWatch } from './run-watch.ts';

export interface RunHooks {
  readonly stop?: AbortSignal;
  readonly onStep?: OnStep;
  readonly control?: RunControl;
  readonly watch?: RunWatch;
  readonly onLeaseLost?: () => void; // unless said, the process ends: what is another's by now is not ours to write to
}

/** Throws `BusyError` where another process is at the same run. */
export async function startRun(job: RunJob, hooks: RunHooks = {}): Promise<RunResult> {
  const place = job.resume === undefined ? createRunFolder(job) : openRunFolder(job.resume);
  const { onLeaseLost: onLost } = hooks;
  const lease = holdLease(place.path, { ...(onLost && { onLost }), dead: job.dead });
  try {
    const finished = finishedResult(job, place);
    if (finished) return finished;
    const { folder, resume, beside } = claimFolder(job, place);
    const scratch = onScratch(folder, job.scratch);
    try {
      const ended = await run(job, hooks, scratch, { resume, beside });
      return { ...ended, folder: folder.path };
    } finally {
      scratch.release();
    }
  } finally {
    lease.release();
  }
}

async function run(
  job: RunJob,
  hooks: RunHooks,
  scratch: Scratch,
  { resume, beside }: Pick<Claimed, 'resume' | 'beside'>,
): Promise<RunResult> {
  const { folder } = scratch;
  const file = openLog(folder.log);
  const log = runLogger(logger(file, scratch, job), {
    run: `${folder.hash}/${folder.seed}`,
    experiment: job.experiment,
    agent: job.setting.agent.id,
    env: job.setting.env.id,
    seed: job.seed,
  });
  let step = 0;
  let taken: PathChosen | null = null;
  try {
    announce(log, job, folder, resume);
    if (!resume) for (const left of beside?.leftOut ?? []) tellLeftOut(log, 0, left);
    const end = await runOne({
      ...job,
      ...hooks,
      folder,
      resume,
      beside,
      onLeftOut: (at, left) => tellLeftOut(log, at, left),
      onStep: (now, figure) => {
        step = now;
        hooks.onStep?.(now, figure);
      },
      onCheckpoint: (at, path) => {
        logEvent(log, { event: 'checkpoint.saved', step: at, path, bytes: statSync(path).size });
        scratch.save();
      },
      onRestore: (at, path) => logEvent(log, { event: 'checkpoint.restored', step: at, path }),
      onPath: (chosen) => {
        logEvent(log, { event: 'path.chosen', ...chosen });
        taken = chosen;
      },
      onEpisode: (episode) => logEvent(log, { event: 'episode.end', ...episode }),
      ...metricsLogged(job, log),
    });
    finish(log, folder, end, taken);
    scratch.save();
    return result(job, folder, end);
  } catch (error) {
    const failure = error instanceof Error ? error : new Error(String(error));
    fail(log, scratch, failure, step);
    if (!isExpected(failure)) throw failure;
    return failedResult(job, failure.message, step);
  } finally {
    file.close();
  }
}

function metricsLogged({ log: { every } = {} }: RunJob, log: Logger): { logMetrics?: LogMetrics } {
  if (every === undefined) return {};
  const emit: LogMetrics['emit'] = (step, values) => logEvent(log, { event: 'metrics', step, values });
  return { logMetrics: { every, emit } };
}

/** A log that cannot be made (a level nobody knows) ends the run before it begins. */
function logger(file: LogFile, scratch: Scratch, { log: { level } = {} }: RunJob): Logger {
  try {
    return createLogger({ destination: file, ...(level === undefined ? {} : { level, also: stderrLog() }) });
  } catch (error) {
    fail(silentLogger, scratch, error as Error, 0);
    file.close();
    throw error;
  }
}

/** Best effort: a disk that takes no more is what may have ended it, and what went wrong must still be told. */
function fail(log: Logger, { folder, save }: Scratch, failure: Error, step: number): void {
  try {
    updateRunRecord(folder.record, { status: 'failed', reason: failure.message, endedAt: new Date().toISOString() });
    logEvent(log, { event: 'run.failed', step, err: failure as never });
    save();
  } catch (error) {
    if (!isExpected(error)) throw error;
  }
}

function announce(log: Logger, job: RunJob, folder: RunFolder, resume: boolean): void {
  const { host, git, versions } = readRunRecord(folder.record);
  const path = checkpointPath(folder);
  const resumedFrom = resume && existsSync(path) ? readCheckpoint(path).step : null;
  logEvent(log, {
    event: 'run.start',
    folder: folder.path,
    steps: job.setting.steps,
    pid: process.pid,
    host: host['name'] ?? 'unknown',
    node: versions['node'] ?? process.versions.node,
    commit: git?.commit ?? null,
    resumedFrom,
  });
}

function finish(log: Logger, folder: RunFolder, end: RunEnd, path: PathChosen | null): void {
  const { status, steps, diverged, parameters, macsPerStep, seconds, nsPerStep } = end;
  const told = Object.entries({ ...end.scores, nsPerStep }).filter(
    (entry): entry is [string, number | null] => typeof entry[1] !== 'object' || entry[1] === null,
  );
  if (status === 'done') logEvent(log, { event: 'run.done', step: steps, seconds, scores: Object.fromEntries(told) });
  else if (status === 'diverged') logEvent(log, { event: 'run.diverged', step: steps, buffer: diverged ?? 'unknown' });
  else logEvent(log, { event: 'run.interrupted', step: steps, signal: 'SIGTERM' });
  updateRunRecord(folder.record, {
    status,
    path,
    endedAt: new Date().toISOString(),
    scores: { ...end.scores },
    end: { steps, diverged, seconds, nsPerStep, parameters, macsPerStep },
    files: fileSizes(folder.path),
  });
}

function result(job: RunJob, folder: RunFolder, { scores, ...end }: RunEnd): RunResult {
  const { agent, env } = job.setting;
  return { folder: folder.path, agent: agent.id, env: env.id, seed: job.seed, ...end, ...scores, error: null };
}
