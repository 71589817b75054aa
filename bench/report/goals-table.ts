/** The goals, each beside the worst value that was measured. */
import { type Column, markdownTable } from '../../src/plots/table.ts';
import { type Goal, judge } from '../goals.ts';
import { digits } from './numbers.ts';

const COLUMNS: readonly Column[] = [
  { title: 'goal' },
  { title: 'limit', align: 'right' },
  { title: 'measured', align: 'right' },
  { title: 'worst at' },
  { title: 'met' },
];

export function goalsTable<R>(goals: readonly Goal<R>[], results: R): string {
  return markdownTable(
    COLUMNS,
    goals.map((goal) => {
      const judged = judge(goal, results);
      if (judged === null) return [goal.what, limit(goal), '', '', 'not measured'];
      const { worst, isMet } = judged;
      return [goal.what, limit(goal), precise(worst.value), worst.at, isMet ? 'yes' : 'NO'];
    }),
  );
}

function limit({ least, most }: Pick<Goal, 'least' | 'most'>): string {
  if (least === undefined) return `<= ${precise(most!)}`;
  if (most === undefined) return `>= ${precise(least)}`;
  return `${precise(least)} .. ${precise(most)}`;
}

/** Slopes and overheads differ from 1 by little: there two decimals are too few. */
function precise(value: number): string {
  return Math.abs(value - 1) < 0.5 ? value.toFixed(3) : digits(value);
}
