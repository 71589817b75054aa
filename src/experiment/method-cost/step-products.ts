/** The products of the passes through one step that methods are made of, counted by walking rows and destinations. */
import type { Rows } from '../../types.ts';

export interface StepProducts {
  readonly forward: number; // of the sums
  readonly ownTerms: number; // of D's own blocks
  readonly allTerms: number; // of all of D
  readonly through: number; // of q' I
  readonly along: number; // of D v, without D
}

export function stepProducts(rows: Rows): StepProducts {
  const { components: b, units } = rows;
  const first = rows.inputSize + 1;
  const last = first + units * b;
  const total = { forward: 0, ownTerms: 0, allTerms: 0, through: 0, along: 0 };
  for (let r = 0; r < rows.count; r++) {
    const moved = rows.dest.subarray(rows.destStart[r], rows.destStart[r + 1]);
    let recurrent = 0;
    for (let e = rows.start[r]!; e < rows.start[r + 1]!; e++) {
      total.forward++;
      total.through++;
      const source = rows.source[e]!;
      if (source < first || source >= last) continue;
      recurrent++;
      for (const unit of moved) {
        total.allTerms += b;
        if (unit === Math.floor((source - first) / b)) total.ownTerms += b;
      }
    }
    total.through += moved.length * b;
    total.along += recurrent + (recurrent > 0 ? moved.length * b : 0);
  }
  total.along += rows.direct.column.length * b * b;
  return total;
}
