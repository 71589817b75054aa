/** Runs in one chart per measure, and where their configurations and provenance differ. */
import type { Row } from '../../dashboard/protocol.ts';
import { differing, flatten } from '../parts/flatten.ts';
import { measureOf } from '../parts/measures.ts';
import { showNumber } from '../parts/show.ts';
import { type Chart, LOST } from '../plots/chart.ts';
import type { Compared } from './compare.tsx';
import { lostAt, spread } from './curves-chart.ts';

export function chartsOfRuns(runs: readonly Compared[], isLog = false): Chart[] {
  const names = new Set(runs.flatMap(({ rows }) => numeric(rows)));
  return [...names].map((name) => {
    // Of a run that diverged before its first row only the legend tells.
    const own = runs.filter(({ run, rows }) => run.status === 'diverged' || numeric(rows).includes(name));
    const x = [...new Set(own.flatMap(({ rows }) => rows.map(({ step }) => step)))].sort((a, b) => a - b);
    const lines = own.map(({ run, rows, label }) => {
      const steps = rows.map(({ step }) => step);
      const y = spread(steps, x)(rows.map((row) => (typeof row[name] === 'number' ? row[name] : null)));
      const isLost = run.status === 'diverged';
      const note = isLost ? { note: `${LOST} diverged at step ${run.step}` } : {};
      return { label, y, color: runs.findIndex((other) => other.run === run), ...lostAt(y, isLost), ...note };
    });
    const { title, axis } = measureOf(name);
    return { name: `compare-${name}`, title, x, xTitle: 'steps', yTitle: axis, lines, isLog };
  });
}

const numeric = (rows: readonly Row[]): string[] =>
  Object.entries(rows.at(-1) ?? {})
    .filter(([name, value]) => typeof value === 'number' && name !== 'step' && name !== 'count')
    .map(([name]) => name);

/** What a run ended with, in the words of the table. */
const ENDS: Readonly<Record<string, string>> = {
  'end.steps': 'steps lived',
  'end.diverged': 'what diverged',
  'end.seconds': 'seconds taken',
  'end.nsPerStep': 'CPU time per step (ns)',
  'end.parameters': 'parameters',
  'end.macsPerStep': 'multiply-adds per step',
  'path.path': 'computed by',
  'path.precision': 'precision',
  'path.simd': 'SIMD',
  'path.reason': 'why it is computed so',
  'path.memoryBytes': 'memory of the learner (bytes)',
  'path.bytesPerParameter': 'bytes per parameter',
};

export type Difference = readonly [name: string, values: readonly string[]];

/** [option, its value in each run] wherever they are not all the same: what was set, then what came of it. */
export function differences(runs: readonly Compared[]): Difference[] {
  const flat = runs.map(({ run: { record } }) => {
    const { config, versions, host, git, code, path, end } = record;
    return flatten({ ...config, path, end, provenance: { versions, host, git, code } });
  });
  return differing(flat).map(([name, values]) => [ENDS[name] ?? name, isTold(name) ? values.map(shortly) : values]);
}

const isTold = (name: string): boolean => name.startsWith('end.') || name.startsWith('path.');

function shortly(value: string): string {
  if (value === 'null') return '';
  return value === '' || Number.isNaN(Number(value)) ? value : showNumber(Number(value));
}
