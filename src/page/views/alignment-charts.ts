/** Rows of alignment.jsonl as charts: how each estimator's gradient lies to the exact one. */
import type { Row } from '../../dashboard/protocol.ts';
import type { Chart, Line } from '../plots/chart.ts';

/** `own`: the name of the agent's own estimator. */
export function chartsOfAlignment(id: string, rows: readonly Row[], own: string | null): Chart[] {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row).filter((name) => isMeasured(row[name]))))];
  if (names.length === 0) return [];
  const x = rows.map(({ step }) => step);
  const linesOf = (of: string): Line[] =>
    names.map((name, i) => ({
      label: name === own ? `${name} (its own)` : name,
      y: rows.map((row) => numberIn(row[name], of)),
      color: i,
    }));
  const base = { x, xTitle: 'steps' };
  const file = id.replaceAll('/', '-');
  return [
    {
      ...base,
      name: `${file}-cosine`,
      title: 'Direction: 1 is exact',
      yTitle: 'cosine',
      lines: linesOf('cosine'),
    },
    {
      ...base,
      name: `${file}-relative-error`,
      title: 'Distance: 0 is exact',
      yTitle: 'relative error',
      lines: linesOf('relativeError'),
    },
  ];
}

const isMeasured = (value: unknown): boolean => typeof value === 'object' && value !== null && 'cosine' in value;

function numberIn(value: unknown, name: string): number | null {
  const found = isMeasured(value) ? (value as Record<string, unknown>)[name] : null;
  return typeof found === 'number' ? found : null;
}
