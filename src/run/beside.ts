/**
 * Estimators beside a run: they see every step of its learner and change nothing. How they lie to the exact gradient is a
 * line of alignment.jsonl every `every` steps, as of metrics.jsonl. What they know is in checkpoints of their own: the
 * run's has the same bytes with them and without. There are two, written in turn before the run's, so that one of them is
 * always of its step.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { OperatorFunction } from 'rxjs';
import { type Checkpoint, readCheckpoint, restoreArrays, takeCheckpoint, writeCheckpoint } from '../checkpoint.ts';
import type { ReportChunk, StepChunk } from '../chunk.ts';
import {
  type AlignmentRow,
  type MetricsFile,
  openMetrics,
  readMetrics,
  truncateAfter,
} from '../results/metrics-file.ts';
import type { RunFolder } from '../results/run-folder.ts';
import type { BesideRecord } from '../results/run-record.ts';
import { eachStep } from '../stream/each-step.ts';
import { learn } from '../stream/learn.ts';
import { isExpected } from '../user-error.ts';
import type { LeftOut } from './audit-entries.ts';
import { type AuditWindows, auditWindows, type OnWindow } from './audit-windows.ts';
import { openAuditor, type SavedAuditor } from './open-auditor.ts';
import type { Prepared } from './prepare.ts';
import type { Setting } from './setting.ts';

export const BESIDE = 'run estimators beside'; // the act, in what is said of a mistake

export interface Beside {
  /** Once the learner stands as it did after `step` steps. */
  begin(step: number): void;
  /** In the place of learn(learner). */
  learn(): OperatorFunction<StepChunk, ReportChunk>;
  /** Before the run's own checkpoint. */
  save(step: number, durable: boolean): void;
  finish(): void;
  close(): void;
}

interface Needs {
  readonly run: Pick<Prepared, 'learner'>;
  readonly setting: Setting;
  readonly seed: string | number;
  readonly folder: RunFolder;
  readonly chosen: BesideRecord;
  readonly onLeftOut?: (step: number, left: LeftOut) => void;
}

export async function openBeside({ run, setting, seed, folder, chosen, onLeftOut }: Needs): Promise<Beside> {
  const entries = chosen.estimators;
  const { learner, opened } = await openAuditor(run.learner, { ...chosen, setting, seed, entries, act: BESIDE });
  const slots = [0, 1].map((i) => join(folder.checkpoint, `beside-${i}.ckpt`));
  let slot = 0; // the next to be written
  let file: MetricsFile | null = null;
  let windows: AuditWindows | null = null; // null: what they knew is lost
  let latest = 0; // step of the last line
  const told = new Set<string>();
  const tell = (step: number): void => {
    for (const left of opened.gaveUp()) {
      if (!told.has(left.label)) onLeftOut?.(step, left);
      told.add(left.label);
    }
  };
  const onWindow: OnWindow = (step, alignments) => {
    tell(step);
    if (step === latest) return; // of a run that was taken up at its very end
    const rows = Object.entries(alignments).map(([label, { cosine, relativeError, normRatio }]) => [
      label,
      { cosine, relativeError, normRatio },
    ]);
    file!.append({ step, ...Object.fromEntries(rows) } as AlignmentRow);
    latest = step;
  };
  const restore = (step: number): boolean => {
    const saved = slots.map((path) => ({ path, checkpoint: read(path) }));
    const own = saved.findIndex(({ checkpoint }) => checkpoint?.step === step);
    if (own < 0) return false;
    const { path, checkpoint } = saved[own]!;
    restoreArrays(checkpoint!, opened.state, path);
    opened.load(checkpoint!.state as SavedAuditor);
    for (const { label } of opened.gaveUp()) told.add(label);
    slot = 1 - own;
    return true;
  };
  return {
    begin(step) {
      truncateAfter(folder.alignment, step);
      latest = readMetrics(folder.alignment).at(-1)?.step ?? 0;
      file = openMetrics(folder.alignment);
      if (step === 0 || restore(step)) windows = auditWindows(opened, setting.every, onWindow, step);
      else for (const { label } of entries) onLeftOut?.(step, { label, reason: LOST });
    },
    learn: () => (windows ? eachStep(learner, windows.look) : learn(learner)),
    save(step, durable) {
      if (windows === null) return;
      if (durable) file!.sync();
      writeCheckpoint(slots[slot]!, takeCheckpoint(step, opened.state, opened.save()), durable);
      slot = 1 - slot;
    },
    finish: () => windows?.finish(),
    close: () => file?.close(),
  };
}

const LOST = 'what it knew when the run was saved is not in the folder checkpoint any more';

/** null: there is none, or it is damaged. */
function read(path: string): Checkpoint | null {
  try {
    return existsSync(path) ? readCheckpoint(path) : null;
  } catch (error) {
    if (!isExpected(error)) throw error;
    return null;
  }
}
