/** Dense and sparse nets: learning beside the forward pass, SnAp-2 beside RTRL, truncated back-propagation. */
import { type Column, markdownTable } from '../../src/plots/table.ts';
import { type DenseResult, overForward } from '../cases/dense.ts';
import { countedRatio, type SparseResult } from '../cases/sparse.ts';
import type { ThreadsResult } from '../cases/threads.ts';
import type { CaseResult } from '../measure.ts';
import { ratio } from '../timing.ts';
import { digits, time } from './numbers.ts';

const right = (title: string): Column => ({ title, align: 'right' });

export function denseTable(results: readonly DenseResult[]): string {
  const rows = results.flatMap(({ cell, size, forward, td0, td }) => {
    const [ratio0, ratioTd] = [overForward(td0, forward), overForward(td, forward)];
    return forward.map(({ simd, entry, variant }, i) => [
      cell,
      size,
      simd,
      String(variant.parameters),
      time(entry.nsPerStep),
      time(td0[i]!.entry.nsPerStep),
      time(td[i]!.entry.nsPerStep),
      td[i]!.entry.nsPerParameter.toFixed(3),
      digits(ratio0[i]),
      digits(ratioTd[i]),
      digits(td[i]!.entry.ratios.reference),
    ]);
  });
  const titles = ['parameters', 'forward', 'lambda 0', 'lambda 0.9', 'ns/parameter', 'lambda 0 / forward'];
  const head = [{ title: 'cell' }, { title: 'units x inputs' }, { title: 'module' }];
  return markdownTable([...head, ...[...titles, 'lambda 0.9 / forward', 'reference'].map(right)], rows);
}

export function sparseTable(results: readonly SparseResult[]): string {
  const rows = results.flatMap((result) => {
    const { net, size, sparsity, snap, rtrl } = result;
    const counted = countedRatio(result);
    return snap.map(({ simd, entry, variant, samples }, i) => [
      net.name,
      size,
      `${100 * sparsity} %`,
      simd,
      String(variant.parameters),
      time(entry.nsPerStep),
      String(variant.cost.macsPerStep),
      ...(typeof rtrl === 'string'
        ? [rtrl, '', '']
        : [
            time(rtrl[i]!.entry.nsPerStep),
            String(rtrl[i]!.variant.cost.macsPerStep),
            digits(ratio(rtrl[i]!.samples, samples)),
          ]),
      counted === null ? '' : digits(counted),
      digits(entry.ratios.reference),
    ]);
  });
  const titles = ['parameters', 'SnAp-2', 'multiply-adds', 'RTRL', 'multiply-adds', 'RTRL / SnAp-2: time', 'counted'];
  const head = [{ title: 'net' }, { title: 'units x inputs' }, { title: 'sparsity' }, { title: 'module' }];
  return markdownTable([...head, ...[...titles, 'reference'].map(right)], rows);
}

export function tbpttTable(measured: CaseResult): string {
  return markdownTable(
    [{ title: 'module' }, ...['parameters', 'time/step', 'ns/parameter', 'reference'].map(right)],
    measured.map(({ simd, entry, variant }) => [
      simd,
      String(variant.parameters),
      time(entry.nsPerStep),
      digits(entry.nsPerParameter),
      digits(entry.ratios.reference),
    ]),
  );
}

export function threadsTable(results: readonly ThreadsResult[]): string {
  const titles = ['columns x inputs', 'one thread', 'two threads', 'one / two'];
  const rows = results.map(({ size, one, two }) => [size, time(one), time(two), digits(one / two)]);
  return markdownTable(titles.map(right), rows);
}
