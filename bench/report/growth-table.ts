/** How the cost of LSTM columns grows, and that memory does not. */
import { type Column, markdownTable } from '../../src/plots/table.ts';
import type { Growth } from '../cases/growth.ts';
import type { Flat } from '../cases/memory.ts';
import { bytes, time } from './numbers.ts';

const right = (title: string): Column => ({ title, align: 'right' });

export function growthTable({ points }: Growth): string {
  return markdownTable(
    [
      'parameters',
      'columns',
      'time/step',
      'ns/parameter',
      'multiply-adds',
      'memory',
      'bytes/parameter',
      'lines in',
    ].map(right),
    points.map(({ parameters, columns, nsPerStep, cost, memoryBytes, level }) => [
      String(parameters),
      String(columns),
      time(nsPerStep),
      (nsPerStep / parameters).toFixed(3),
      String(cost.macsPerStep),
      bytes(memoryBytes ?? NaN),
      ((memoryBytes ?? NaN) / parameters).toFixed(1),
      level,
    ]),
  );
}

export function flatLine({ steps, before, after }: Flat): string {
  const each = (key: 'rss' | 'heapUsed'): string => `${key} ${bytes(before[key])} before, ${bytes(after[key])} after`;
  return `${steps / 1e6} million steps of a 16x8 learner, without garbage: ${each('rss')}; ${each('heapUsed')}.`;
}
