/**
 * Which numbers of D_t and I_t are not zero, read off a net that lives: a few steps on random inputs from random weights.
 * Nothing here knows what the cell declares of its structure, from which plans are made.
 */
import { createRng } from '@rl-tools/envs';
import { RowDynamics } from '../../dynamics.ts';
import { step } from '../../rows.ts';
import type { Cell } from '../../types.ts';

export interface LivePattern {
  readonly reads: readonly (readonly number[])[]; // [state] entries of s_{t-1} that an entry of s_t reads: rows of D
  readonly moves: readonly (readonly number[])[]; // [rows] entries of s_t that a row moves: I
}

const STEPS = 4; // until every product that can be is something

export function livePattern(cell: Cell): LivePattern {
  const { rows, components: b, units } = cell;
  const lane = cell.lane();
  const rng = createRng('live-pattern');
  cell.begin(lane);
  for (let t = 0; t < STEPS; t++)
    step(
      cell,
      lane,
      Float64Array.from({ length: cell.inputSize }, () => rng.normal()),
    );
  const dynamics = new RowDynamics(cell, lane);
  dynamics.materialise(new Set(['values'] as const));
  const { start, column } = dynamics.pattern;
  const values = dynamics.values();
  const reads: number[][] = Array.from({ length: units * b }, () => []);
  for (let unit = 0; unit < units; unit++) {
    for (let s = start[unit]!; s < start[unit + 1]!; s++) {
      for (let c = 0; c < b * b; c++) {
        if (values[s * b * b + c] !== 0) reads[unit * b + Math.floor(c / b)]!.push(column[s]! * b + (c % b));
      }
    }
  }
  const moves = Array.from({ length: rows.count }, (_, r) => {
    const entries: number[] = [];
    for (let d = rows.destStart[r]!; d < rows.destStart[r + 1]!; d++) {
      for (let c = 0; c < b; c++) if (lane.gain[d * b + c] !== 0) entries.push(rows.dest[d]! * b + c);
    }
    return entries;
  });
  return { reads, moves };
}
