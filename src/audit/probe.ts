/**
 * The exact gradient along random directions, in O(p) per step where exact RTRL is out of reach. For a direction v, the
 * forward tangent j_t = J_t v (tangent.ts) gives the number q_t' J_t v, which an estimator's own q_t' J~_t v can be held
 * against: one number for each group of parameters, v being taken on that group alone, and their sum for all.
 *
 * A direction is drawn, v ~ N(0, 1), at the start of an episode and every `stretch` steps. A tangent that begins in the
 * middle of an episode lacks what came before: it runs for a stretch before it is used, and what is older than one
 * stretch is all that the probe does not see.
 */
import { named } from '../stateful.ts';
import { tangent } from '../tangent.ts';
import type { Cell, Estimator, Rng } from '../types.ts';
import { all, type Group, paramGroups } from './alignment.ts';

/**
 * To a learner an estimator like others, but its gradient holds q'J v of group i in place i, on the scale of all other
 * gradients where they are clipped.
 */
export interface Probe extends Estimator {
  readonly groups: readonly Group[]; // whose numbers add up to that of all
  /** along[i] = gradient . v over group i */
  project(gradient: Float64Array, along: Float64Array): void;
}

export function probe(cell: Cell, rng: Rng, stretch: number): Probe {
  const found = paramGroups(cell);
  const groups = found.length === 0 ? [all(cell)] : found;
  const side = () => {
    const v = new Float64Array(cell.params.length); // [p]
    const tangents = groups.map(({ first, end }) => tangent(cell, v, first, end));
    return { v, tangents };
  };
  const sides = [side(), side()] as const;
  const turn = new Float64Array(1); // which of them is used, the other one warms up
  const age = new Float64Array(1); // steps since the latest draw
  const used = () => sides[turn[0]!]!;
  const warming = () => sides[1 - turn[0]!]!;
  const draw = ({ v, tangents }: ReturnType<typeof side>): void => {
    for (let j = 0; j < v.length; j++) v[j] = rng.normal();
    for (const one of tangents) one.reset();
  };
  const begin = (): void => {
    draw(used());
    draw(warming());
    age[0] = 0;
  };
  begin();
  const macs = sides[0].tangents.reduce((sum, { macsPerStep }) => sum + macsPerStep, 0);
  const state = cell.units * cell.components;
  return {
    ...named({ turn, age, ...arraysOf(sides) }, begin),
    needs: ['products'],
    exactOn: () => true,
    cost: { entries: 2 * (cell.params.length + groups.length * state), macsPerStep: 2 * macs + groups.length * state },
    groups,
    update(d) {
      if (age[0]!++ === stretch) {
        turn[0] = 1 - turn[0]!;
        draw(warming());
        age[0] = 1;
      }
      for (const { tangents } of sides) for (const one of tangents) one.update(d);
    },
    pull(q, out) {
      used().tangents.forEach(({ value }, i) => {
        for (let s = 0; s < q.length; s++) out[i]! += q[s]! * value[s]!;
      });
    },
    restart(unit) {
      const { components: b } = cell;
      for (const { tangents } of sides) for (const { value } of tangents) value.fill(0, unit * b, (unit + 1) * b);
    },
    project(gradient, along) {
      const { v } = used();
      groups.forEach(({ params }, i) => {
        along[i] = 0;
        for (let j = 0; j < params.length; j++) along[i]! += gradient[params[j]!]! * v[params[j]!]!;
      });
    },
  };
}

interface Side {
  readonly v: Float64Array; // [p]
  readonly tangents: readonly { readonly value: Float64Array }[]; // one per group
}

function arraysOf(sides: readonly Side[]): Record<string, Float64Array> {
  const all = sides.flatMap(({ v, tangents }, i) => [
    [`v.${i}`, v] as const,
    ...tangents.map(({ value }, g) => [`tangent.${i}.${g}`, value] as const),
  ]);
  return Object.fromEntries(all);
}
