/**
 * A run once more, from its run.json alone, and whether the bytes agree. One that was cut short is compared up to its
 * last checkpoint. Nothing in the compared files hangs on the folder, the clock, or how often checkpoints were saved.
 */
import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { readCheckpoint } from '../checkpoint.ts';
import { BusyError } from '../results/busy-error.ts';
import { leaseHolder } from '../results/lease.ts';
import { createRunFolder, openRunFolder, type RunFolder } from '../results/run-folder.ts';
import { isFinished, readRunRecord, type RunRecord } from '../results/run-record.ts';
import { UserError } from '../user-error.ts';
import { checkpointDifference, type Difference, textDifference, textOf, valueDifference } from './first-difference.ts';
import { type Circumstance, circumstances } from './circumstances.ts';
import type { RunState } from './prepare.ts';
import type { RunEnd } from './result.ts';
import { checkpointPath, type OnStep, runOne } from './run-one.ts';
import { resolveSetting, type Setting } from './setting.ts';

export interface Compared {
  readonly what: string; // a file, `scores`, or `end`
  readonly difference: Difference | null; // null: it agrees
  readonly absent?: true; // the run has none (any more): nothing to compare with
}

export interface Original {
  readonly folder: RunFolder;
  readonly record: RunRecord;
  readonly setting: Setting;
  /** Of the checkpoint that it ended with, or was cut short after. */
  readonly saved: { readonly step: number; readonly lastRow: number } | null;
  readonly circumstances: readonly Circumstance[];
}

/** Throws where the run cannot be had again. */
export async function openOriginal(path: string): Promise<Original> {
  const folder = openRunFolder(path);
  const holder = leaseHolder(folder.path);
  if (holder) throw new BusyError(folder.path, holder);
  const record = readRunRecord(folder.record);
  const setting = await resolveSetting(record.config); // nothing is left to default: this checks what was read
  if (setting.load !== null && !existsSync(setting.load)) {
    throw new UserError(`Cannot rerun ${path}: it was loaded from ${setting.load}, which is gone; put it back there`);
  }
  const own = existsSync(checkpointPath(folder)) ? readCheckpoint(checkpointPath(folder)) : null;
  if (own === null && !isFinished(record.status)) {
    throw new UserError(
      `Cannot rerun ${path}: it was cut short before its first checkpoint; go on with: agent-state resume ${path}`,
    );
  }
  const saved = own === null ? null : { step: own.step, lastRow: (own.state as RunState).lastRow };
  return { folder, record, setting, saved, circumstances: circumstances(record, setting) };
}

export interface RerunHooks {
  readonly stop: AbortSignal;
  readonly onStep?: OnStep;
}

/** null: it was stopped. */
export async function rerun(original: Original, results: string, hooks: RerunHooks): Promise<Compared[] | null> {
  const { record, setting, saved } = original;
  const { experiment, seed, status } = record;
  const folder = createRunFolder({ results, experiment, setting, seed });
  if (existsSync(folder.metrics)) {
    throw new UserError(`Cannot keep the rerun in ${folder.path}: there is a run; pass --keep <another folder>`);
  }
  const reached = new AbortController();
  const isWhole = isFinished(status);
  const kept = join(folder.checkpoint, 'compared.ckpt'); // one that diverges may save others after it
  const end = await runOne({
    setting,
    seed,
    folder,
    beside: record.beside,
    checkpointEvery: status === 'diverged' && saved !== null ? saved.step : Infinity,
    stop: AbortSignal.any([hooks.stop, reached.signal]),
    onStep(step, figure) {
      hooks.onStep?.(step, figure);
      if (!isWhole && step >= saved!.step) reached.abort();
    },
    onCheckpoint(step, path) {
      if (step === saved?.step) copyFileSync(path, kept);
    },
  });
  if (hooks.stop.aborted) return null;
  return compare(original, folder, end, existsSync(kept) ? kept : checkpointPath(folder));
}

function compare({ folder: then, record, saved }: Original, now: RunFolder, end: RunEnd, ckpt: string): Compared[] {
  const isWhole = isFinished(record.status);
  const text = (what: string, path: (folder: RunFolder) => string, until: number): Compared[] => {
    const [before, after] = [textOf(path(then)), textOf(path(now))];
    if (before === null && after === null) return [];
    if (before === null) return [{ what, difference: null, absent: true }];
    return [{ what, difference: textDifference(before, after ?? '', (step) => isWhole || step <= until) }];
  };
  const scores = isWhole
    ? [{ what: 'scores', difference: valueDifference(record.scores, JSON.parse(JSON.stringify(end.scores))) }]
    : [];
  const checkpoint = (): Compared[] => {
    const what = 'checkpoint/state.ckpt';
    if (saved === null && !existsSync(ckpt)) return [];
    if (saved === null) return [{ what, difference: null, absent: true }];
    if (!existsSync(ckpt)) return [{ what, difference: { at: 'step', then: saved.step, now: undefined } }];
    return [{ what, difference: checkpointDifference(checkpointPath(then), ckpt) }];
  };
  return [
    { what: 'end', difference: valueDifference(endThen(record, saved?.step ?? 0), endNow(end)) },
    ...text('metrics.jsonl', ({ metrics }) => metrics, saved?.lastRow ?? 0),
    ...text('step-sizes.jsonl', ({ stepSizes }) => stepSizes, saved?.step ?? 0),
    ...text('alignment.jsonl', ({ alignment }) => alignment, saved?.step ?? 0),
    ...(isWhole ? text('trace.json', ({ trace }) => trace, 0) : []),
    ...checkpoint(),
    ...scores,
  ];
}

/** Steps lived, and the array that held a NaN or infinity. */
function endThen({ status, end }: RunRecord, saved: number) {
  if (!isFinished(status)) return { steps: saved, diverged: null };
  return end === null ? null : { steps: end.steps, diverged: end.diverged };
}

const endNow = ({ steps, diverged }: RunEnd) => ({ steps, diverged });
