/** Columns of a file of rows as charts. */
import type { Row } from '../../dashboard/protocol.ts';
import { measureOf } from '../parts/measures.ts';
import type { Chart } from '../plots/chart.ts';
import { lostAt } from './curves-chart.ts';

interface How {
  readonly isLog?: boolean;
  readonly without?: readonly string[];
  readonly hasDiverged?: boolean;
}

export function chartsOfRows(id: string, rows: readonly Row[], how: How = {}): Chart[] {
  const { isLog = false, without = [], hasDiverged = false } = how;
  const names = [...new Set(rows.flatMap((row) => Object.keys(row).filter((name) => typeof row[name] === 'number')))];
  const x = rows.map(({ step }) => step);
  return names
    .filter((name) => name !== 'step' && name !== 'count' && !without.includes(name))
    .map((name) => {
      const y = rows.map((row) => (typeof row[name] === 'number' ? row[name] : null));
      const { title, axis } = measureOf(name);
      const lines = [{ label: axis, y, color: 0, ...lostAt(y, hasDiverged) }];
      return { name: `${id.replaceAll('/', '-')}-${name}`, title, x, xTitle: 'steps', yTitle: axis, lines, isLog };
    });
}
