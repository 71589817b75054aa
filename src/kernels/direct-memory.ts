/**
 * The direct part of D in compiled memory: own blocks number by number [b b x kp], as the vectors of the kernels have
 * them; behind them what units read of each other at fixed sums, block by block, which a cell fills by its own tables.
 */
import type { Cell } from '../types.ts';

export interface DirectBlock {
  readonly to: number; // unit
  readonly from: number; // unit
  readonly at: (c: number) => number; // byte offset of number c of the block, row-major
}

export interface DirectMemory {
  readonly bytes: number;
  readonly blocks: readonly DirectBlock[]; // in the order of rows.direct
}

export function directMemory({ rows, components: b }: Cell, kp: number, size: number): DirectMemory {
  const { start, column } = rows.direct;
  const blocks: DirectBlock[] = [];
  let end = b * b * kp * size;
  for (let to = 0; to < rows.units; to++) {
    blocks.push({ to, from: to, at: (c) => (c * kp + to) * size });
    if (rows.count === 0) continue; // nothing learns, so nobody reads D
    for (let s = start[to]! + 1; s < start[to + 1]!; s++) {
      const first = end;
      blocks.push({ to, from: column[s]!, at: (c) => first + c * size });
      end += b * b * size;
    }
  }
  return { bytes: end, blocks };
}
