import type { Rows } from './types.ts';

/** out += q' I: per row the scalar sum over destinations of q gain, times pre. The backward pass through one step. */
export function rowPull(rows: Rows, pre: Float64Array, gain: Float64Array, q: Float64Array, out: Float64Array): void {
  const { start, source, param, destStart, dest, components: b } = rows;
  for (let r = 0; r < rows.count; r++) {
    let error = 0; // dL/da_r
    for (let d = destStart[r]!; d < destStart[r + 1]!; d++) {
      for (let c = 0; c < b; c++) error += q[dest[d]! * b + c]! * gain[d * b + c]!;
    }
    if (error === 0) continue;
    for (let e = start[r]!; e < start[r + 1]!; e++) out[param?.[e] ?? e]! += error * pre[source[e]!]!;
  }
}
