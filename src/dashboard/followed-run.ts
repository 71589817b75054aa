/** One run as its files grow, for one reader: how far it has been told is all that is kept. */
import { watch } from 'node:fs';
import type { EventStream } from './event-stream.ts';
import { runEntry } from './experiments.ts';
import type { FoundFile, Inside } from './inside.ts';
import { linesOf } from './lines.ts';
import { logLine, logPage } from './log-page.ts';
import type { LogLine } from './protocol.ts';
import type { FoundRun, Records } from './records.ts';
import { readRows } from './rows.ts';
import { LARGEST } from './sound.ts';
import { fileOf, LINE_FILES } from './run-routes.ts';

const ROWS = 500; // of a file at a time, at most
const LINES = 100; // of the log at a time: the newest
const FAR = 1 << 24; // bytes

/** Bytes of each of its files that have been told. */
export type Told = Partial<Record<(typeof LINE_FILES)[number] | 'log', number>>;

export interface Followed {
  readonly told: Told;
  /** Tells what is new, and with it where to go on: `id` of all that is followed. */
  look(): Promise<void>;
  close(): void;
}

interface Needs {
  readonly inside: Inside;
  readonly records: Records;
  readonly names: readonly [experiment: string, setting: string, seed: string];
  readonly events: EventStream;
  readonly told: Told; // where a reader who was here before goes on
  readonly id: () => string;
  readonly onChange: () => void; // something happened in its folder: look soon
}

export function followRun({ inside, records, names, events, told, id, onChange }: Needs): Followed {
  const run = names.join('/');
  const inodes = new Map<string, number>();
  let entry = '';
  let hints: { close(): void } | null = null;

  /** From its beginning where it is another file, or shorter than it was. */
  const startOf = (file: keyof Told, { bytes, inode }: FoundFile): number => {
    const before = inodes.get(file);
    inodes.set(file, inode);
    const isSame = before === undefined || before === inode;
    return isSame && (told[file] ?? 0) <= bytes ? (told[file] ?? 0) : 0;
  };
  const rows = async (found: FoundRun, file: (typeof LINE_FILES)[number]): Promise<void> => {
    const now = await fileOf(inside, found, file);
    if (now === null || now.bytes > LARGEST.rows) return;
    const from = startOf(file, now);
    if (from === now.bytes) return;
    const { some, end } = await readRows(now.path, ROWS, { from, to: now.bytes });
    told[file] = orBeyond(end, now);
    if (some.count > 0) events.send('rows', { run, file, isAnew: from === 0, rows: some.all() }, id());
  };
  const log = async (found: FoundRun): Promise<void> => {
    const now = await fileOf(inside, found, 'log');
    if (now === null) return;
    const from = startOf('log', now);
    if (from === now.bytes) return;
    const { lines, end } = from === 0 || now.bytes - from > FAR ? await newest(now) : await since(now, from);
    told.log = orBeyond(end, now);
    if (lines.length > 0) events.send('log', { run, lines }, id());
  };
  return {
    told,
    async look() {
      const found = await records.one(...names);
      if (found === null || events.isOver) return;
      hints ??= watched(found.folder, onChange);
      const now = runEntry(found);
      const text = JSON.stringify(now);
      if (text !== entry) events.send('run', now);
      entry = text;
      for (const file of LINE_FILES) if (events.isReady) await rows(found, file);
      if (events.isReady) await log(found);
    },
    close: () => hints?.close(),
  };
}

/** What has no end for so long is not looked through again and again. */
const orBeyond = (end: number, { bytes }: FoundFile): number => (bytes - end > FAR ? bytes : end);

async function newest({ path }: FoundFile): Promise<{ lines: LogLine[]; end: number }> {
  const { lines } = await logPage(path, { limit: LINES });
  const [last] = lines;
  return { lines: [...lines].reverse(), end: last === undefined ? 0 : last.at + last.bytes + 1 };
}

async function since({ path, bytes }: FoundFile, from: number): Promise<{ lines: LogLine[]; end: number }> {
  const lines: LogLine[] = [];
  let end = from;
  for await (const line of linesOf(path, { from, to: bytes })) {
    lines.push(logLine(line));
    if (lines.length > LINES) lines.shift();
    end = line.at + line.bytes + 1;
  }
  return { lines, end };
}

/** Tells at once that something changed, on systems and file systems that can; looking from time to time does elsewhere. */
function watched(folder: string, onChange: () => void): { close(): void } {
  try {
    return watch(folder, { persistent: false }, onChange).on('error', () => undefined);
  } catch {
    return { close: () => undefined };
  }
}
