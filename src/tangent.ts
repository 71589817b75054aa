/**
 * The forward tangent along one direction v [p]: what the state does when theta moves by v,
 *   j_t = J_t v = D_t j_{t-1} + I_t v,   j_0 = 0                                                       (1)
 * exact on every cell, in O(p) per step where J_t itself costs O(k^2 p): I_t v of a row is gain (v . pre). With
 * `rows` [first, end) the direction is v on the entries of those rows and 0 elsewhere.
 */
import { productMacs } from './dynamics-structure.ts';
import { named } from './stateful.ts';
import type { Cell, Dynamics, DynamicsNeed, Stateful } from './types.ts';

export interface Tangent extends Stateful {
  readonly needs: readonly DynamicsNeed[];
  readonly value: Float64Array; // j_t [units x b]
  readonly macsPerStep: number;
  update(d: Dynamics): void;
}

export function tangent(
  { rows, units, components: b }: Cell,
  direction: Float64Array, // v [p], read at every step
  first = 0,
  end = rows.count,
): Tangent {
  const value = new Float64Array(units * b);
  const next = new Float64Array(units * b);
  const { start, source, param, destStart, dest } = rows;
  const gains = (destStart[end]! - destStart[first]!) * b;
  return {
    ...named({ value }, () => value.fill(0)),
    needs: ['products'],
    value,
    macsPerStep: productMacs(rows) + start[end]! - start[first]! + gains,
    update(d) {
      const { pre, gain } = d.lane;
      d.times(value, next); // (1) D j
      for (let r = first; r < end; r++) {
        let a = 0; // what the row's sum gains
        for (let e = start[r]!; e < start[r + 1]!; e++) a += direction[param?.[e] ?? e]! * pre[source[e]!]!;
        for (let i = destStart[r]!; i < destStart[r + 1]!; i++) {
          for (let c = 0; c < b; c++) next[dest[i]! * b + c]! += gain[i * b + c]! * a; // (1) I v
        }
      }
      value.set(next);
    },
  };
}
