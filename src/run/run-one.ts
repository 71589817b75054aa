/**
 * One run: environment -> interact -> learn -> scores, with everything on disk before it is told. Metrics, logs and
 * checkpoints read; they never change a bit of what is learned. A run that is stopped saves a checkpoint; `resume` goes
 * on from the latest one and ends with the bytes of an uninterrupted run.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { lastValueFrom, takeWhile, tap } from 'rxjs';
import { type Checkpoint, readCheckpoint, restoreArrays, takeCheckpoint, writeCheckpoint } from '../checkpoint.ts';
import { DivergenceError } from '../divergence-error.ts';
import type { PathChosen } from '../paths.ts';
import { type MetricsRow, openMetrics, truncateAfter } from '../results/metrics-file.ts';
import { type BesideRecord, LONG } from '../results/run-record.ts';
import type { RunFolder } from '../results/run-folder.ts';
import { chunks } from '../stream/interact.ts';
import { learn } from '../stream/learn.ts';
import type { LeftOut } from './audit-entries.ts';
import { openBeside } from './beside.ts';
import type { RunControl } from './control.ts';
import { openDetails } from './details.ts';
import { countEpisodes, type Episode } from './episodes.ts';
import { followMetrics, type LogMetrics } from './log-metrics.ts';
import type { Rngs } from '../assemble.ts';
import type { Prepared, RunState } from './prepare.ts';
import { prepareRun } from './prepare-run.ts';
import type { RunEnd } from './result.ts';
import { figureFor, figureOf } from './figure.ts';
import type { RunWatch } from './run-watch.ts';
import type { Setting } from './setting.ts';
import { UserError } from '../user-error.ts';

/** Where the run stands: steps lived, and the figure (error, return, bits) of the latest finished bin. */
export type OnStep = (step: number, figure: number | null) => void;

export interface RunOneOptions {
  readonly setting: Setting;
  readonly seed: string | number;
  readonly folder: RunFolder;
  readonly resume?: boolean;
  readonly checkpointEvery?: number; // steps; default a tenth of the run, and no less than two seconds
  readonly stop?: AbortSignal; // the run saves itself and ends as `interrupted`
  readonly onStep?: OnStep; // after each chunk
  readonly onCheckpoint?: (step: number, path: string) => void;
  readonly onRestore?: (step: number, path: string) => void;
  readonly onPath?: (chosen: PathChosen) => void; // before the first step
  readonly onEpisode?: (episode: Episode) => void; // ended, by termination or truncation
  readonly logMetrics?: LogMetrics;
  readonly beside?: BesideRecord | null; // estimators that look on
  readonly onLeftOut?: (step: number, left: LeftOut) => void; // one that can no longer
  readonly control?: RunControl; // holds, steps and lets go
  readonly watch?: RunWatch; // shows its inside to those who look
}

export const checkpointPath = (folder: RunFolder): string => join(folder.checkpoint, 'state.ckpt');

export async function runOne(options: RunOneOptions): Promise<RunEnd> {
  const { setting, folder, stop, watch } = options;
  const path = checkpointPath(folder);
  const restoring = options.resume === true && existsSync(path);
  let lastRow = 0; // step of the last line in metrics.jsonl
  let latest: number | null = null; // its figure
  const emit = (row: MetricsRow): void => {
    lastRow = row.step;
    latest = figureOf(row);
    metrics.append(row);
  };
  const own = restoring ? readCheckpoint(path) : null;
  const run = await prepareRun(setting, options.seed, emit, own);
  options.onPath?.(run.chosen);
  const beside = options.beside ? await openBeside({ ...options, run, chosen: options.beside }) : null;
  const episodes = countEpisodes((episode) => options.onEpisode?.(episode));
  if (own) {
    lastRow = await restore(run, own, path, stop);
    episodes.load((own.state as RunState).episodes);
    options.onRestore?.(own.step, path);
  }
  truncateAfter(folder.metrics, lastRow);
  const from = { time: own?.step ?? 0, trace: (own?.state as RunState | undefined)?.trace };
  beside?.begin(from.time);
  const details = openDetails({ folder, setting, stepSizes: run.stepSizes, from });
  const logged = options.logMetrics && followMetrics(options.logMetrics, run.stepSizes);
  const { name: figureName } = figureFor(setting.target);
  const metrics = openMetrics(folder.metrics);
  const timing = openMetrics(folder.timing);
  const clock = stopwatch(run.interaction.time);
  const begun = performance.now();
  const isLong = (): boolean => (performance.now() - begun) / 1000 >= LONG;
  let saved = begun;
  const save = (): void => {
    if (isLong()) {
      metrics.sync();
      details.sync();
    }
    beside?.save(run.interaction.time, isLong());
    const { interaction, evaluator, partsSeed, chosen, rngs } = run;
    const state = {
      partsSeed,
      chosen,
      rngs: Object.fromEntries(Object.entries(rngs).map(([name, rng]) => [name, rng.save()])),
      interaction: interaction.save(),
      evaluator: evaluator.save(),
      episodes: episodes.save(),
      lastRow,
      trace: details.save(),
    };
    writeCheckpoint(path, takeCheckpoint(run.interaction.time, run.learner, state), isLong());
    timing.append({ step: run.interaction.time, ...clock.read(run.interaction.time) });
    saved = performance.now();
    options.onCheckpoint?.(run.interaction.time, path);
  };
  const every = options.checkpointEvery ?? Math.ceil(setting.steps / 10);
  let due = run.interaction.time + every;
  let ending: RunEnd['status'] = 'done';
  let divergedAt: DivergenceError | null = null;
  // Single steps of a run that is held end within a chunk: nothing is saved there, and nothing counts chunks by them.
  const { stride } = run.interaction;
  const isWhole = (): boolean => run.interaction.time % stride === 0 || run.interaction.time >= setting.steps;
  watch?.begin({ learner: run.learner, parts: run.parts, stepSizes: run.stepSizes, time: () => run.interaction.time });
  const gate = options.control?.hold({ time: () => run.interaction.time, stride, save, stop });
  try {
    const stream = chunks(run.interaction, gate).pipe(
      beside?.learn() ?? learn(run.learner),
      tap((report) => {
        run.speech?.hear(report);
        run.evaluator.push(report);
        const shown = run.lanes === 1 ? report : { ...report, length: 1 }; // of lanes the first
        details.push(shown, run.interaction.time, isWhole());
        episodes.push(shown);
        if (watch?.isOn) watch.push(shown, run.interaction.time);
        logged?.(shown, run.interaction.time, { [figureName]: latest });
        options.onStep?.(run.interaction.time, latest);
        if (run.interaction.time < due || run.interaction.time >= setting.steps || !isWhole()) return;
        if (options.checkpointEvery !== undefined || (performance.now() - saved) / 1000 >= LONG) save();
        else timing.append({ step: run.interaction.time, ...clock.read(run.interaction.time) });
        due = run.interaction.time + every;
      }),
      takeWhile(() => !stop?.aborted || !isWhole()),
    );
    // Stopped while it lived its past again: the checkpoint on disk is further than we are.
    const behind = own !== null && run.interaction.time < own.step;
    if (!behind) await lastValueFrom(stream, { defaultValue: null });
    if (stop?.aborted && run.interaction.time < setting.steps) ending = 'interrupted';
    if (ending === 'done') {
      run.evaluator.finish();
      beside?.finish();
      details.done(run.interaction.time, isLong());
    }
    if (!behind) save();
  } catch (error) {
    if (!(error instanceof DivergenceError)) throw error;
    ending = 'diverged';
    divergedAt = error;
    run.evaluator.finish(); // what was measured until here stays
    beside?.finish();
    details.diverged(error.step);
  } finally {
    watch?.end();
    options.control?.release();
    metrics.close();
    details.close();
    beside?.close();
    timing.close();
    run.close();
  }
  return {
    status: ending,
    steps: divergedAt?.step ?? run.interaction.time,
    diverged: divergedAt?.array ?? null,
    ...clock.read(run.interaction.time),
    parameters: run.learner.parameters,
    macsPerStep: run.cost.macsPerStep,
    scores: run.evaluator.scores(),
  };
}

/** Brings everything back to the checkpoint; returns the step of the last metrics line that it knows. */
async function restore(run: Prepared, own: Checkpoint, path: string, stop?: AbortSignal): Promise<number> {
  const state = own.state as RunState;
  if (run.acts && state.interaction.env === null) throw cannotRelive(run.env.metadata.id);
  restoreArrays(own, run.learner, path);
  run.speech?.recall(run.learner);
  for (const [name, saved] of Object.entries(state.rngs ?? {})) run.rngs[name as keyof Rngs].restore(saved);
  run.evaluator.load(state.evaluator);
  await run.interaction.load(state.interaction, stop);
  return state.lastRow;
}

/** Its steps cannot be lived again by themselves: they hang on actions, and these on what was learned when. */
function cannotRelive(id: string): UserError {
  return new UserError(
    `Cannot resume an agent that acts in ${id}: the environment cannot be saved (it has no save and load); start the run anew`,
  );
}

/** CPU and wall-clock time of this process since the run began or was resumed. */
function stopwatch(from: number): { read(step: number): { nsPerStep: number; seconds: number } } {
  const cpu = process.cpuUsage();
  const wall = performance.now();
  return {
    read(step) {
      const { user, system } = process.cpuUsage(cpu);
      return {
        nsPerStep: (1000 * (user + system)) / Math.max(1, step - from),
        seconds: (performance.now() - wall) / 1000,
      };
    },
  };
}
