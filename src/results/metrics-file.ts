import { closeSync, fsyncSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { UserError } from '../user-error.ts';
import { atomicWrite } from './atomic-write.ts';
import { systemReason } from './system-reason.ts';
import { cutTornTail } from './torn-tail.ts';

/** One line of metrics.jsonl or timing.jsonl. Numbers that are not finite are written, and read back, as null. */
export type MetricsRow = {
  readonly step: number;
  readonly [name: string]: number | string | boolean | null | readonly (number | null)[];
};

/** One line of alignment.jsonl: by estimator what was measured of it. */
export type AlignmentRow = {
  readonly step: number;
  readonly [estimator: string]: number | Readonly<Record<'cosine' | 'relativeError' | 'normRatio', number>>;
};

export interface MetricsFile {
  append(row: MetricsRow | AlignmentRow): void;
  /** Forces the lines to the disk: before a checkpoint is saved, so that it never outlives the lines up to its step. */
  sync(): void;
  close(): void;
}

/**
 * Opens a file of JSON lines to append to. Every line reaches the operating system before `append` returns, so that a
 * killed process loses none. Nothing but the rows is written: equal rows give equal bytes.
 */
export function openMetrics(path: string): MetricsFile {
  const attempt = <T>(act: () => T): T => {
    try {
      return act();
    } catch (error) {
      throw new UserError(`Cannot write ${path}: ${systemReason(error)}`, { cause: error });
    }
  };
  attempt(() => cutTornTail(path));
  const file = attempt(() => openSync(path, 'a'));
  return {
    append: (row) => attempt(() => writeFileSync(file, `${JSON.stringify(row)}\n`)),
    sync: () => attempt(() => fsyncSync(file)),
    close: () => closeSync(file),
  };
}

/**
 * Brings a file back to the moment of a checkpoint, before `openMetrics`: drops every row whose step is greater, and a
 * last line that a crash has torn. A file that is not there stays so. Other bytes are kept as they are.
 */
export function truncateAfter(path: string, step: number): void {
  const text = readIfThere(path);
  const kept = wholeLines(text)
    .filter((line, i) => parseRow(line, i, path).step <= step)
    .map((line) => `${line}\n`)
    .join('');
  if (kept !== text) atomicWrite(path, kept);
}

/** All rows in file order. A last line without its end, torn by a crash or still being written, is left out. */
export function readMetrics(path: string): MetricsRow[] {
  return wholeLines(readIfThere(path)).map((line, i) => parseRow(line, i, path));
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw new UserError(`Cannot read ${path}: ${systemReason(error)}`, { cause: error });
  }
}

/** The lines that end in a line feed; what follows the last one is torn. */
function wholeLines(text: string): string[] {
  return text.split('\n').slice(0, -1);
}

function parseRow(line: string, index: number, path: string): MetricsRow {
  try {
    const row = JSON.parse(line) as MetricsRow;
    if (typeof row.step === 'number') return row;
  } catch {
    // Reported below, like a line that is JSON but no row.
  }
  throw new UserError(
    `Cannot read ${path}: line ${index + 1} is no metrics row; remove that line, or run the seed again`,
  );
}
