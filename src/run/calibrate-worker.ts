/** Tries runs for a moment in a process as they will have: what beginning and ending takes, and what a step. */
import { join } from 'node:path';
import type { FromWorker } from './worker-process.ts';
import type { RunJob } from './run-job.ts';
import { startRun } from './start-run.ts';

/** A run to be tried; where it writes is thrown away. */
export interface Trial {
  readonly job: RunJob;
  readonly kind: string;
}

/** Seconds of one run: `fixed` + steps x `perStep`, in a process that is warm. */
export interface Tried {
  readonly fixed: number;
  readonly perStep: number;
  readonly process: number; // once per process: its start, and until its code is compiled
}

export type TrialAnswer = { readonly tried: Tried | null }; // null: it failed

const LIFE = 0.25; // seconds of work
const PATIENCE = 3; // times as long by the clock, where others work too
const LIVES = 20; // of a short run
const BETWEEN = 0.001; // seconds

/** What this process worked, not what it waited for others on a busy machine. */
const worked = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

let start: number | null = worked(); // from the start of this process until it can work

process.on('SIGINT', () => undefined); // the terminal signals the whole group; the parent decides
process.on('disconnect', () => process.exit());
process.on('message', ({ job }: Trial) => void answer(job));

async function answer(job: RunJob): Promise<void> {
  process.send?.({ report: null });
  const tried = await tryOut(job).catch(() => null); // it will say so when it is run
  process.send?.({ answer: { tried } } satisfies FromWorker<null, TrialAnswer>);
}

/** A life that did not get to its end is followed by the beginning of another one: by then the process is warm. */
async function tryOut(job: RunJob): Promise<Tried> {
  const begun = performance.now() / 1000;
  const first = await live(job, 0, LIFE);
  let latest = await live(job, 1, first.whole ? LIFE : 0);
  const isShort = first.whole && latest.whole;
  for (let n = 2; isShort && n < LIVES && performance.now() / 1000 - begun < LIFE; n++)
    latest = await live(job, n, LIFE);
  const { perStep } = first.whole ? latest : first;
  const fixed = Math.max(0, latest.seconds - perStep * latest.steps);
  const cold = Math.max(0, first.seconds - fixed - perStep * first.steps);
  const begin = start ?? 0;
  start = null;
  return { fixed, perStep, process: begin + cold };
}

interface Look {
  readonly step: number;
  readonly at: number; // seconds
  readonly work: number; // seconds of work
}

interface Life {
  readonly whole: boolean; // it got to its end
  readonly seconds: number;
  readonly steps: number;
  readonly perStep: number; // in its second half
}

async function live(job: RunJob, n: number, length: number): Promise<Life> {
  const stop = new AbortController();
  const begun = worked();
  const looks: Look[] = [];
  const onStep = (step: number): void => {
    const at = performance.now() / 1000;
    if (looks.length > 1 && at - looks.at(-1)!.at < BETWEEN) return; // a look takes time itself
    const work = worked();
    looks.push({ step, at, work });
    if (looks.length < 2) return;
    if (work - looks[0]!.work > length || at - looks[0]!.at > PATIENCE * length) stop.abort();
  };
  const results = join(job.results, String(n));
  const { status, steps } = await startRun({ ...job, results }, { stop: stop.signal, onStep });
  const seconds = worked() - begun;
  if (status === 'failed') throw new Error('failed');
  const perStep = speed(looks) ?? seconds / Math.max(1, steps);
  return { whole: status !== 'interrupted', seconds, steps, perStep };
}

/** In the later half, when the code is compiled; null: there is none. */
function speed(looks: readonly Look[]): number | null {
  if (looks.length < 2) return null;
  const [first, last] = [looks[0]!, looks.at(-1)!];
  const later = looks.find(({ at }) => at >= (first.at + last.at) / 2)!;
  const from = later === last ? first : later;
  return (last.work - from.work) / (last.step - from.step);
}
