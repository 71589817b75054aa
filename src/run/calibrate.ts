/** How long runs will take, from a short life of some of them in processes like those that will run them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mean } from '../statistics/mean.ts';
import type { Trial, TrialAnswer, Tried } from './calibrate-worker.ts';
import { kindOf } from './pool.ts';
import { runProcesses } from './process-pool.ts';
import type { RunJob } from './run-job.ts';
import type { Setting } from './setting.ts';
import { spread } from './spread.ts';

const TRIALS = 6; // each takes about half a second of one core

/** Seconds of one process for all of them, where `lanes` work side by side; null: a signal ended it. */
export async function estimateSeconds(jobs: readonly RunJob[], lanes: number): Promise<number | null> {
  if (jobs.length === 0) return 0;
  const kinds = grouped(jobs);
  const tried = await tryThem(trialsOf(kinds), lanes);
  if (tried === null) return null;
  const known = [...tried.values()].flat();
  let seconds = 0;
  for (const [kind, members] of kinds) {
    const own = average(tried.get(kind) ?? known);
    seconds += members.reduce((sum, { setting }) => sum + own.fixed + setting.steps * own.perStep, 0) + own.process;
  }
  const others = Math.min(lanes, jobs.length) - kinds.size; // where a kind has several processes
  return seconds + Math.max(0, others) * average(known).process;
}

function grouped(jobs: readonly RunJob[]): Map<string, RunJob[]> {
  const kinds = new Map<string, RunJob[]>();
  for (const job of jobs) {
    const kind = kindOf(job);
    if (!kinds.has(kind)) kinds.set(kind, []);
    kinds.get(kind)!.push(job);
  }
  return kinds;
}

/** Some of each kind; of many kinds some. */
function trialsOf(kinds: ReadonlyMap<string, readonly RunJob[]>): Trial[] {
  const each = Math.max(1, Math.floor(TRIALS / kinds.size));
  return spread([...kinds], TRIALS).flatMap(([kind, members]) => {
    const settings = new Map<Setting, RunJob>(members.map((job) => [job.setting, job]));
    return spread([...settings.values()], each).map((job) => ({ kind, job }));
  });
}

async function tryThem(trials: readonly Trial[], lanes: number): Promise<Map<string, Tried[]> | null> {
  const found = new Map<string, Tried[]>();
  const folder = mkdtempSync(join(tmpdir(), `agent-state-estimate-${process.pid}-`));
  try {
    const apart = trials.map(({ kind, job }, i): Trial => {
      const { experiment, setting, seed } = job;
      return { kind, job: { experiment, setting, seed, results: join(folder, String(i)) } };
    });
    const stopped = await runProcesses<Trial, null, TrialAnswer>(apart, {
      worker: 'calibrate-worker.js',
      lanes,
      kind: ({ kind }) => kind,
      onAnswer({ kind }, answer) {
        const tried = 'tried' in answer ? answer.tried : null;
        found.set(kind, [...(found.get(kind) ?? []), ...(tried ? [tried] : [])]);
        return false;
      },
    });
    return stopped ? null : found;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A run that fails takes no time. The first one of a process tells what the process takes. */
function average(tried: readonly Tried[]): Tried {
  if (tried.length === 0) return { fixed: 0, perStep: 0, process: 0 };
  return {
    fixed: mean(tried.map(({ fixed }) => fixed)),
    perStep: mean(tried.map(({ perStep }) => perStep)),
    process: Math.max(...tried.map((one) => one.process)),
  };
}
