/** Everything that one run of the benchmark found. */
import type { ColumnsResult } from './cases/columns.ts';
import type { DenseResult } from './cases/dense.ts';
import type { Growth } from './cases/growth.ts';
import type { Flat } from './cases/memory.ts';
import type { MethodsResult } from './cases/methods.ts';
import type { SnapPeersResult } from './cases/snap-peers.ts';
import type { SparseResult } from './cases/sparse.ts';
import type { ThreadsResult } from './cases/threads.ts';
import type { Entry } from './entry.ts';
import type { CaseResult } from './measure.ts';
import type { StreamOverhead } from './stream-overhead.ts';

/** What has a line of its own in the answer. */
export interface Learners {
  readonly columns: readonly ColumnsResult[];
  readonly dense: readonly DenseResult[];
  readonly sparse: readonly SparseResult[];
  readonly tbptt: CaseResult;
}

/** What learning sparse nets costs. */
export interface SparseResults {
  readonly sparse: readonly SparseResult[];
  readonly methods: readonly MethodsResult[];
  readonly snapPeers: readonly SnapPeersResult[];
}

export interface Results extends Learners, SparseResults {
  readonly growth: Growth;
  readonly flat: Flat;
  readonly stream: StreamOverhead;
  readonly threads: readonly ThreadsResult[];
}

export function entriesOf({ columns, dense, sparse, tbptt }: Learners): Entry[] {
  const all = [
    ...columns.map(({ measured }) => measured),
    ...dense.flatMap(({ forward, td0, td }) => [forward, td0, td]),
    ...sparse.flatMap(({ snap, rtrl }) => (typeof rtrl === 'string' ? [snap] : [snap, rtrl])),
    tbptt,
  ];
  return all.flatMap((measured) => measured.map(({ entry }) => entry));
}
