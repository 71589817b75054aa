/**
 * Point-based value iteration (Pineau et al. 2003, with the sweeps of Perseus: Spaan & Vlassis 2005). The result is a
 * lower bound on the value of every belief; it converges to V* as the beliefs get dense.
 */
import { solve } from '../../chains/solve.ts';
import { showsAlways } from '../../pomdp/model.ts';
import type { Pomdp } from '../../pomdp/model.ts';
import { createRng } from '../../rng.ts';

/** Everything that a backup needs, per action: rewards [S], and for every observation the rows of s that lead there. */
interface Tables {
  readonly model: Pomdp;
  readonly pay: Float64Array[]; // [A] of [S]
  readonly joint: { s: number; next: number; p: number }[][][]; // [A][Z]
}

interface Alpha {
  readonly values: Float64Array;
}

export interface Solution {
  /** Lower bound of the value of the start; its first observation, where the model shows one, is seen. */
  readonly value: number;
  valueOf(belief: Float64Array): number;
}

export function solvePomdp(model: Pomdp, options: { beliefs: number; sweeps: number; seed?: number }): Solution {
  const tables = tablesOf(model);
  const starts = startsOf(model);
  const beliefs = reachable(
    tables,
    starts.map(([, b]) => b),
    options.beliefs,
    options.seed ?? 1,
  );
  let alphas = blind(tables);
  for (let sweep = 0; sweep < options.sweeps; sweep++) {
    const better = improve(tables, beliefs, alphas, sweep);
    const gain = Math.max(...beliefs.map((b) => best(better, b).value - best(alphas, b).value));
    alphas = better;
    if (gain < 1e-7) break;
  }
  const valueOf = (b: Float64Array): number => best(alphas, b).value;
  return { value: starts.reduce((sum, [p, b]) => sum + p * valueOf(b), 0), valueOf };
}

function tablesOf(model: Pomdp): Tables {
  const { states, actions, observations } = model;
  const n = states.length;
  const pay = actions.map(() => new Float64Array(n));
  const joint = actions.map(() => observations.map((): { s: number; next: number; p: number }[] => []));
  actions.forEach((_, a) => {
    for (let s = 0; s < n; s++) {
      for (let next = 0; next < n; next++) {
        const t = model.transition[(a * n + s) * n + next]!;
        observations.forEach((_, o) => {
          const p = t * model.observation[(a * n + next) * observations.length + o]!;
          if (p === 0) return;
          joint[a]![o]!.push({ s, next, p });
          pay[a]![s]! += p * model.reward(a, s, next, o);
        });
      }
    }
  });
  return { model, pay, joint };
}

/** First beliefs with their probabilities, after the first observation where there is one. */
function startsOf(model: Pomdp): [number, Float64Array][] {
  const { states, observations, start } = model;
  if (!states.every((_, s) => start[s] === 0 || showsAlways(model, s))) return [[1, start]];
  return observations.flatMap((_, o): [number, Float64Array][] => {
    const b = start.map((p, s) => p * model.observation[s * observations.length + o]!);
    const p = b.reduce((sum, x) => sum + x, 0);
    return p > 0 ? [[p, b.map((x) => x / p)]] : [];
  });
}

export function successor({ model, joint }: Tables, b: Float64Array, a: number, o: number): [number, Float64Array] {
  const next = new Float64Array(model.states.length);
  for (const { s, next: to, p } of joint[a]![o]!) next[to]! += b[s]! * p;
  const total = next.reduce((sum, x) => sum + x, 0);
  return [total, total > 0 ? next.map((x) => x / total) : next];
}

/** Beliefs met on random walks from the start, each but once. */
function reachable(tables: Tables, starts: Float64Array[], count: number, seed: number): Float64Array[] {
  const rng = createRng(seed);
  const found = new Map<string, Float64Array>();
  const add = (b: Float64Array): void => void found.set([...b].map((x) => x.toFixed(4)).join(), b);
  starts.forEach(add);
  const { actions, observations } = tables.model;
  for (let walk = 0; found.size < count && walk < 200; walk++) {
    let b = starts[rng.integer(0, starts.length - 1)]!;
    for (let t = 0; t < 40 && found.size < count; t++) {
      const a = rng.integer(0, actions.length - 1);
      let u = rng.uniform();
      let after = b;
      for (let o = 0; o < observations.length && u >= 0; o++) {
        const [p, next] = successor(tables, b, a, o);
        if (p === 0) continue;
        add(next);
        after = next;
        u -= p;
      }
      b = after;
    }
  }
  return [...found.values()].slice(0, count);
}

/** Values of taking one action for ever: below V* everywhere, and near enough to start from. */
function blind({ model, pay }: Tables): Alpha[] {
  const n = model.states.length;
  return pay.map((row, a) => {
    const matrix = model.states.map((_, s) =>
      model.states.map((__, t) => Number(s === t) - model.discount * model.transition[(a * n + s) * n + t]!),
    );
    return { values: solve(matrix, [...row]) };
  });
}

/** A sweep of backups at beliefs that have not risen yet, in random order; the value rises everywhere or stays. */
function improve(tables: Tables, beliefs: Float64Array[], alphas: Alpha[], sweep: number): Alpha[] {
  const rng = createRng(`sweep/${sweep}`);
  const projected = project(tables, alphas);
  let open = beliefs.map((b) => ({ b, old: best(alphas, b) }));
  const better: Alpha[] = [];
  while (open.length > 0) {
    const { b, old } = open[rng.integer(0, open.length - 1)]!;
    const alpha = backup(tables, projected, b);
    better.push(dot(alpha.values, b) >= old.value ? alpha : old.alpha);
    const latest = better.at(-1)!;
    open = open.filter((point) => point.b !== b && dot(latest.values, point.b) < point.old.value + 1e-12);
  }
  return better;
}

/** Of every vector, what it is worth now, before an action and an observation: [A][Z][vector] of [S]. */
function project({ model, joint }: Tables, alphas: Alpha[]): Float64Array[][][] {
  return joint.map((byObservation) =>
    byObservation.map((entries) =>
      alphas.map(({ values }) => {
        const out = new Float64Array(model.states.length);
        for (const { s, next, p } of entries) out[s]! += p * values[next]!;
        return out;
      }),
    ),
  );
}

function backup({ model, pay }: Tables, projected: Float64Array[][][], b: Float64Array): Alpha {
  const choices = projected.map((byObservation, a) => {
    const values = pay[a]!.slice();
    for (const vectors of byObservation) {
      const chosen = vectors.reduce((x, y) => (dot(y, b) > dot(x, b) ? y : x));
      for (let s = 0; s < values.length; s++) values[s]! += model.discount * chosen[s]!;
    }
    return { values };
  });
  return best(choices, b).alpha;
}

function best(alphas: readonly Alpha[], b: Float64Array): { alpha: Alpha; value: number } {
  let [alpha, value] = [alphas[0]!, -Infinity];
  for (const candidate of alphas) {
    const worth = dot(candidate.values, b);
    if (worth > value) [alpha, value] = [candidate, worth];
  }
  return { alpha, value };
}

function dot(x: Float64Array, y: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i]! * y[i]!;
  return sum;
}
