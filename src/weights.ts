import type { Rng, Rows } from './types.ts';

/** theta ~ U(-scale, scale), row by row; `scale` may depend on the row (fan-in). Draws in the order of theta. */
export function uniformWeights(rows: Rows, rng: Rng, scale: (row: number) => number): Float64Array {
  const params = new Float64Array(rows.source.length); // [p], one per entry
  for (let r = 0; r < rows.count; r++) {
    for (let e = rows.start[r]!; e < rows.start[r + 1]!; e++) params[e] = scale(r) * (2 * rng.uniform() - 1);
  }
  return params;
}

/** Draws the parameters of one unit anew, those of the rows whose own unit it is. */
export function renewUnit(rows: Rows, params: Float64Array, unit: number, rng: Rng, scale: number): void {
  for (let r = 0; r < rows.count; r++) {
    if (rows.dest[rows.destStart[r]!] !== unit) continue;
    for (let e = rows.start[r]!; e < rows.start[r + 1]!; e++) params[e] = scale * (2 * rng.uniform() - 1);
  }
}

/** 1 / sqrt(number of values the row sums). */
export function fanIn(rows: Rows): (row: number) => number {
  return (r) => 1 / Math.sqrt(Math.max(1, rows.start[r + 1]! - rows.start[r]!));
}

/** Sets the weight of the constant 1 in every row of a group, e.g. a forget bias, or in those of one unit. */
export function setBias(rows: Rows, params: Float64Array, group: string, value: number, unit: number | null = null) {
  const { start, end } = rows.groups.find(({ name }) => name === group)!;
  for (let r = start; r < end; r++) {
    if (unit !== null && rows.dest[rows.destStart[r]!] !== unit) continue;
    for (let e = rows.start[r]!; e < rows.start[r + 1]!; e++) {
      if (rows.source[e] === rows.inputSize) params[e] = value;
    }
  }
}
