/** How long runs will take, from a short life of some of them in this process. */
import { lastValueFrom, takeWhile, tap } from 'rxjs';
import { chunks } from '../stream/interact.ts';
import { learn } from '../stream/learn.ts';
import { mean } from '../statistics/mean.ts';
import { DivergenceError } from '../divergence-error.ts';
import { isExpected } from '../user-error.ts';
import { prepare } from './prepare.ts';
import type { RunJob } from './run-job.ts';

const SAMPLES = 4; // runs that are tried
const WARM = 60; // milliseconds in which the compiler finds out
const LIFE = 120; // milliseconds that count
const BEGIN = 0.02; // seconds in which a run begins and ends, its files included

/** Seconds of one process for all of them. */
export async function estimateSeconds(jobs: readonly RunJob[]): Promise<number> {
  if (jobs.length === 0) return 0;
  const count = Math.min(SAMPLES, jobs.length);
  const some = Array.from({ length: count }, (_, i) => jobs[Math.floor(((i + 0.5) * jobs.length) / count)]!);
  const seconds: number[] = [];
  for (const job of some) seconds.push(BEGIN + job.setting.steps * (await secondsOf(job)));
  return jobs.length * mean(seconds);
}

/** Per step; a run that fails or diverges takes no time, and will say so when it is run. */
async function secondsOf(job: RunJob): Promise<number> {
  try {
    return await secondsPerStep(job);
  } catch (error) {
    if (!isExpected(error) && !(error instanceof DivergenceError)) throw error;
    return 0;
  }
}

async function secondsPerStep({ setting, seed }: RunJob): Promise<number> {
  const run = await prepare(setting, seed, () => undefined);
  const begun = performance.now();
  let from = { time: 0, at: begun };
  let [time, at] = [0, begun];
  try {
    const life = chunks(run.interaction).pipe(
      learn(run.learner),
      tap((report) => {
        run.evaluator.push(report);
        [time, at] = [run.interaction.time, performance.now()];
        if (at - begun < WARM) from = { time, at };
      }),
      takeWhile(() => performance.now() - begun < WARM + LIFE),
    );
    await lastValueFrom(life, { defaultValue: null });
  } finally {
    run.env.close();
  }
  // A life shorter than the warming-up counts as a whole.
  return time > from.time ? (at - from.at) / 1000 / (time - from.time) : (at - begun) / 1000 / Math.max(1, time);
}
