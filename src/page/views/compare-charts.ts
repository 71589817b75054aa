/** Runs in one chart per measure, and where their configurations and provenance differ. */
import type { Row } from '../../dashboard/protocol.ts';
import type { Chart } from '../plots/chart.ts';
import type { Compared } from './compare.tsx';
import { spread } from './curves-chart.ts';

export function chartsOfRuns(runs: readonly Compared[]): Chart[] {
  const names = new Set(runs.flatMap(({ rows }) => numeric(rows)));
  return [...names].map((name) => {
    const own = runs.filter(({ rows }) => numeric(rows).includes(name));
    const x = [...new Set(own.flatMap(({ rows }) => rows.map(({ step }) => step)))].sort((a, b) => a - b);
    const lines = own.map(({ run, rows }) => {
      const steps = rows.map(({ step }) => step);
      const y = spread(steps, x)(rows.map((row) => (typeof row[name] === 'number' ? row[name] : null)));
      return { label: run.id, y, color: runs.findIndex((other) => other.run === run) };
    });
    return { name: `compare-${name}`, title: name, x, xTitle: 'steps', yTitle: name, lines };
  });
}

const numeric = (rows: readonly Row[]): string[] =>
  Object.entries(rows.at(-1) ?? {})
    .filter(([name, value]) => typeof value === 'number' && name !== 'step' && name !== 'count')
    .map(([name]) => name);

/** [option, its value in each run] wherever they are not all the same. */
export function differences(runs: readonly Compared[]): [string, string[]][] {
  const flat = runs.map(({ run: { record } }) => {
    const { config, versions, host, git, code, path, end } = record;
    return flatten({ ...config, provenance: { versions, host, git, code }, path, end });
  });
  const names = [...new Set(flat.flatMap((one) => [...one.keys()]))];
  return names
    .map((name): [string, string[]] => [name, flat.map((one) => one.get(name) ?? '')])
    .filter(([, values]) => new Set(values).size > 1);
}

function flatten(value: unknown, path = '', into = new Map<string, string>()): Map<string, string> {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    return into.set(path, typeof value === 'number' ? String(Number(value.toPrecision(6))) : JSON.stringify(value));
  for (const [name, inner] of Object.entries(value)) flatten(inner, path === '' ? name : `${path}.${name}`, into);
  return into;
}
