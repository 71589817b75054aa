/** Columns of a file of rows as charts. */
import type { Row } from '../../dashboard/protocol.ts';
import type { Chart } from '../plots/chart.ts';

const TITLES: Readonly<Record<string, string>> = {
  msre: 'mean squared error against the return',
  mse: 'mean squared error against the true value',
  bits: 'bits per prediction',
  return: 'return of an episode',
  nsPerStep: 'CPU time per step (ns)',
  level: 'level of the curriculum',
};

export function chartsOfRows(
  id: string,
  rows: readonly Row[],
  isLog = false,
  without: readonly string[] = [],
): Chart[] {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row).filter((name) => typeof row[name] === 'number')))];
  const x = rows.map(({ step }) => step);
  return names
    .filter((name) => name !== 'step' && name !== 'count' && !without.includes(name))
    .map((name) => {
      const y = rows.map((row) => (typeof row[name] === 'number' ? row[name] : null));
      const title = TITLES[name] ?? name;
      const lines = [{ label: name, y, color: 0 }];
      return { name: `${id.replaceAll('/', '-')}-${name}`, title, x, xTitle: 'steps', yTitle: name, lines, isLog };
    });
}
