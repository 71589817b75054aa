/**
 * What a run tells of its inside beside its scores: its last steps (trace.json), and its step sizes where something moves
 * them (step-sizes.jsonl). It reads and changes nothing; a resumed run leaves the bytes of an uninterrupted one.
 */
import type { ReportChunk } from '../chunk.ts';
import { openMetrics, readMetrics, truncateAfter } from '../results/metrics-file.ts';
import type { RunFolder } from '../results/run-folder.ts';
import { type Trace, writeTrace } from '../results/trace-file.ts';
import type { StepSizes } from '../step-sizes-in-use.ts';
import type { Setting } from './setting.ts';
import { stepSizeRows } from './step-size-row.ts';
import { stepTrace } from './step-trace.ts';

export interface Details {
  /** After a chunk; `time` counts the steps lived; `isWhole`: not after a part of one, by single steps. */
  push(report: ReportChunk, time: number, isWhole?: boolean): void;
  /** Before a checkpoint, so that it never outlives the lines up to its step. */
  sync(): void;
  /** For a checkpoint. */
  save(): Trace | undefined;
  done(time: number, durable: boolean): void;
  diverged(time: number): void;
  close(): void;
}

interface Needs {
  readonly folder: RunFolder;
  readonly setting: Setting;
  readonly stepSizes: StepSizes | null;
  /** Where the run begins or goes on, and what its checkpoint of then holds. */
  readonly from: { readonly time: number; readonly trace?: Trace | undefined };
}

export function openDetails({ folder, setting, stepSizes, from }: Needs): Details {
  const sizes = stepSizes === null ? null : sizesFile(folder.stepSizes, stepSizes, setting.every, from.time);
  const last = stepTrace(setting.steps, from.time, from.trace, setting.target === 'bits');
  let written = false;
  return {
    push(report, time, isWhole = true) {
      last.push(report, time);
      if (isWhole) sizes?.follow(time);
    },
    sync: () => sizes?.file.sync(),
    save: () => (written ? undefined : last.save()), // what is on disk need not be in every last checkpoint too
    done(time, durable) {
      sizes?.end(time);
      const trace = last.trace();
      if (trace !== null) writeTrace(folder.trace, trace, durable); // else it was taken up at its end, and has it
      written = true;
    },
    diverged: (time) => sizes?.end(time),
    close: () => sizes?.file.close(),
  };
}

/** A line at the end of the first chunk that reaches a multiple of `every` steps, and one where the run ends. */
function sizesFile(path: string, sizes: StepSizes, every: number, from: number) {
  truncateAfter(path, from);
  let latest = readMetrics(path).at(-1)?.step ?? 0;
  let due = (Math.floor(from / every) + 1) * every;
  const rowOf = stepSizeRows(sizes);
  const file = openMetrics(path);
  const end = (time: number): void => {
    if (time === latest) return;
    file.append(rowOf(time));
    latest = time;
  };
  const follow = (time: number): void => {
    if (time < due) return;
    end(time);
    due = (Math.floor(time / every) + 1) * every;
  };
  return { file, end, follow };
}
