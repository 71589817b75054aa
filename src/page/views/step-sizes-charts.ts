/** Rows of step-sizes.jsonl (src/run/step-size-row.ts) as charts: a group's spread, and some of its weights one by one. */
import type { Row } from '../../dashboard/protocol.ts';
import type { Chart, Line } from '../plots/chart.ts';

export function chartsOfStepSizes(id: string, rows: readonly Row[]): Chart[] {
  const keys = Object.keys(rows.at(-1) ?? {});
  const groups = keys.filter((key) => key.endsWith('.quantiles')).map((key) => key.slice(0, -'.quantiles'.length));
  const x = rows.map(({ step }) => step);
  return groups.map((group) => {
    const at = (key: string, i: number): (number | null)[] => rows.map((row) => numberAt(row[key], i));
    const quantile = (i: number): (number | null)[] => at(`${group}.quantiles`, i);
    const count = lengthOf(rows.at(-1)![`${group}.sample`]);
    const weights = Array.from({ length: count }, (_, i): Line => ({
      label: `weight ${i}`,
      y: at(`${group}.sample`, i),
      color: 1 + (i % 5),
      isFaint: true,
    }));
    const median: Line = { label: 'median, 10 to 90 %', y: quantile(2), low: quantile(1), high: quantile(3), color: 0 };
    return {
      name: `${id.replaceAll('/', '-')}-step-sizes-${group}`,
      title: `Step sizes of the ${group}`,
      x,
      xTitle: 'steps',
      yTitle: 'step size',
      lines: [...weights, median],
      isLog: true,
    };
  });
}

const lengthOf = (value: unknown): number => (Array.isArray(value) ? value.length : 0);

function numberAt(values: unknown, i: number): number | null {
  const value: unknown = Array.isArray(values) ? values[i] : null;
  return typeof value === 'number' ? value : null;
}
