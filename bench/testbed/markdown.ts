import { deviation, measuredFor } from './deviation.ts';
import { REFERENCES } from './reference.ts';
import { MEASURES, METHODS, type TableRow } from './table.ts';

/** The measured table: one line per sparsity, mean +- standard error. */
export function measuredTable(rows: readonly TableRow[]): string {
  const columns = METHODS.flatMap((method) => MEASURES.map((measure) => ({ method, measure })));
  const head = ['sparsity', 'lateral', ...columns.map(({ method, measure }) => `${method}: ${measure}`)];
  const lines = rows.map(({ sparsity, lateral, measured }) => [
    String(sparsity),
    lateral.toFixed(4),
    ...columns.map(({ method, measure }) => {
      const { mean, standardError } = measured[method][measure];
      return `${mean.toFixed(4)} ± ${standardError.toFixed(4)}`;
    }),
  ]);
  return table(head, lines);
}

/** Every number of the reference beside ours. */
export function comparisonTable(rows: readonly TableRow[]): string {
  const known = REFERENCES.filter(({ sparsity }) => rows.some((row) => row.sparsity === sparsity));
  const lines = known.map((reference) => {
    const measured = measuredFor(reference, rows);
    return [
      String(reference.sparsity),
      reference.method,
      reference.measure,
      reference.value.toFixed(reference.digits),
      `${measured.mean.toPrecision(4)} ± ${measured.standardError.toPrecision(2)}`,
      deviation(measured, reference).toFixed(1),
    ];
  });
  return table(['sparsity', 'method', 'measure', 'reference', 'ours', 'standard errors apart'], lines);
}

function table(head: readonly string[], lines: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [row(head), row(head.map(() => '---')), ...lines.map(row)].join('\n');
}
