/** The rows of a run's files as they grow: what was there, then what the stream brings, thinned out when there are many. */
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Row, Rows, StreamRows } from '../../dashboard/protocol.ts';
import { getJson } from '../api.ts';

type File = StreamRows['file'];
export const FILES: readonly File[] = ['metrics', 'timing', 'step-sizes'];
const MOST = 1500; // rows kept of a file

export interface RunRows {
  readonly files: Readonly<Record<File, readonly Row[]>>;
  readonly lastSteps: readonly number[];
  add(more: StreamRows): void;
}

const NONE: RunRows['files'] = { metrics: [], timing: [], 'step-sizes': [] };

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
  const add = useCallback(({ file, isAnew, rows }: StreamRows) => {
    setFiles((before) => ({ ...before, [file]: isAnew ? thinned(rows) : joined(before[file], rows) }));
  }, []);
  return { files, add, lastSteps: FILES.map((file) => files[file].at(-1)?.step ?? 0) };
}

/** Two stretches of one file, in the order of their steps, each step once. */
export function joined(a: readonly Row[], b: readonly Row[]): readonly Row[] {
  const last = a.at(-1)?.step ?? -Infinity;
  if (b.length === 0) return a;
  if (b[0]!.step > last) return thinned([...a, ...b]);
  const byStep = new Map([...a, ...b].map((row) => [row.step, row]));
  return thinned([...byStep.values()].sort((one, other) => one.step - other.step));
}

/** Every second row of the earlier half goes when there are too many: memory stays flat however long it is watched. */
export function thinned(rows: readonly Row[]): readonly Row[] {
  if (rows.length <= MOST) return rows;
  const half = Math.floor(rows.length / 2);
  return thinned(rows.filter((_, i) => i >= half || i % 2 === 0));
}
