/** The rows of a run's files as they grow: what was there, then what the stream brings, thinned out when there are many. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Row, Rows, StreamRows } from '../../dashboard/protocol.ts';
import { getJson } from '../api.ts';

type File = StreamRows['file'];
export const FILES: readonly File[] = ['metrics', 'timing', 'step-sizes', 'alignment'];
const MOST = 1500; // rows kept of a file
const PAUSE = 500; // milliseconds between two drawings of what grows

export interface RunRows {
  readonly files: Readonly<Record<File, readonly Row[]>>;
  readonly lastSteps: readonly number[];
  add(more: StreamRows): void;
}

const NONE: RunRows['files'] = { metrics: [], timing: [], 'step-sizes': [], alignment: [] };

/** `has`: the files that were there when the run was asked for; null as long as that is not known. */
export function useRows(path: string, has: readonly string[] | null): RunRows {
  const [files, setFiles] = useState(NONE);
  useEffect(() => {
    if (has === null) return;
    const gone = new AbortController();
    for (const file of FILES.filter((name) => has.includes(name))) {
      getJson<Rows>(`${path}/${file}?points=500`, gone.signal).then(
        ({ rows }) => setFiles((before) => ({ ...before, [file]: joined(rows, before[file]) })),
        () => undefined, // the stream brings what comes next
      );
    }
    return () => gone.abort();
  }, [path, has?.join()]);
  const waiting = useRef<StreamRows[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(() => () => clearTimeout(timer.current ?? undefined), []);
  const add = useCallback((more: StreamRows) => {
    waiting.current.push(more);
    timer.current ??= setTimeout(() => {
      timer.current = null;
      const all = waiting.current.splice(0);
      setFiles((before) => all.reduce(withMore, before));
    }, PAUSE);
  }, []);
  return { files, add, lastSteps: FILES.map((file) => files[file].at(-1)?.step ?? 0) };
}

const withMore = (before: RunRows['files'], { file, isAnew, rows }: StreamRows): RunRows['files'] => ({
  ...before,
  [file]: isAnew ? thinned(rows) : joined(before[file], rows),
});

/** Two stretches of one file, in the order of their steps, each step once. */
export function joined(a: readonly Row[], b: readonly Row[]): readonly Row[] {
  const last = a.at(-1)?.step ?? -Infinity;
  if (b.length === 0) return a;
  if (b[0]!.step > last) return thinned([...a, ...b]);
  const byStep = new Map([...a, ...b].map((row) => [row.step, row]));
  return thinned([...byStep.values()].sort((one, other) => one.step - other.step));
}

/**
 * Where there are too many, the first row of every so many steps, a power of two of them, and the last: evenly from the
 * beginning, and those that stay are those that stayed before, so that a curve does not change its looks as it grows.
 */
export function thinned(rows: readonly Row[]): readonly Row[] {
  if (rows.length <= MOST) return rows;
  const [first, last] = [rows[0]!.step, rows.at(-1)!.step];
  const width = 2 ** Math.ceil(Math.log2((2 * Math.max(1, last - first)) / MOST));
  const stretch = ({ step }: Row): number => Math.floor(step / width);
  return rows.filter((row, i) => i === 0 || i === rows.length - 1 || stretch(row) !== stretch(rows[i - 1]!));
}
