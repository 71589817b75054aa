/** LSTM columns: what a step costs on one of the two modules, and how long others take for the same. */
import type { Simd } from '../../src/kernels/module.ts';
import { markdownTable } from '../../src/plots/table.ts';
import { cellParameters, type ColumnsResult } from '../cases/columns.ts';
import { RATIOS } from '../entry.ts';
import { work } from '../roofline.ts';
import { digits, time } from './numbers.ts';

const FIGURES = ['parameters', 'time/step', 'ns/parameter', 'min .. max', 'GFLOP/s', 'GB/s', 'bytes/parameter'];

/** The empty string where Node has no such module. */
export function columnsTable(results: readonly ColumnsResult[], simd: Simd): string {
  const rows = results.flatMap((result) => {
    const measured = result.measured.find((each) => each.simd === simd);
    return measured ? [rowOf(result, measured)] : [];
  });
  if (rows.length === 0) return '';
  const right = [...FIGURES, ...RATIOS].map((title) => ({ title, align: 'right' as const }));
  return markdownTable([{ title: 'rule' }, { title: 'columns x inputs' }, ...right], rows);
}

function rowOf(result: ColumnsResult, { entry, variant, samples }: ColumnsResult['measured'][number]): string[] {
  const { parameters, memoryBytes } = variant;
  const { bytes, flops } = work(cellParameters(result), result.rule);
  const range = [Math.min(...samples), Math.max(...samples)].map((ns) => (ns / parameters).toFixed(2));
  return [
    result.features === 'raw' ? result.rule : `${result.rule}, ${result.features} features`,
    entry.size,
    String(parameters),
    time(entry.nsPerStep),
    entry.nsPerParameter.toFixed(3),
    range.join(' .. '),
    digits(flops / entry.nsPerStep),
    digits(bytes / entry.nsPerStep),
    digits((memoryBytes ?? NaN) / parameters),
    ...RATIOS.map((name) => digits(entry.ratios[name])),
  ];
}
