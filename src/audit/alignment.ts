/**
 * How a gradient a [p] lies to a reference g [p], over all parameters and in each of their groups:
 *   cosine = a.g / (|a| |g|),   relative error = |a - g| / |g|,   norm ratio = |a| / |g|
 * `stepMeans` averages them over steps. `pooled` takes sums over steps first and is for numbers along a direction
 * (probe.ts): with a = (q'J~ v), g = (q'J v) over steps and v ~ N(0, 1), E a^2 = |q'J~|^2, E a g = q'J~ . q'J and so on.
 * Steps at which the reference is zero are left out: there is nothing to be aligned with.
 */
import type { Cell } from '../types.ts';

export interface Alignment {
  readonly cosine: number; // 0 where only the gradient is zero
  readonly relativeError: number;
  readonly normRatio: number;
  readonly steps: number; // that entered; with none the three are NaN
}

/** Parameters that are told apart: a group of rows, and `all`. */
export interface Group {
  readonly name: string;
  readonly first: number; // rows [first, end)
  readonly end: number;
  readonly params: Int32Array; // indices into theta
}

/** The groups of a cell's rows that have parameters. Tied weights may belong to several: then there is no telling. */
export function paramGroups({ rows }: Cell): Group[] {
  if (rows.param !== null) return [];
  return rows.groups.flatMap(({ name, start: first, end }) => {
    const [from, to] = [rows.start[first]!, rows.start[end]!];
    const params = Int32Array.from({ length: to - from }, (_, e) => from + e);
    return params.length === 0 ? [] : [{ name, first, end, params }];
  });
}

export const all = ({ rows, params }: Cell): Group => ({
  name: 'all',
  first: 0,
  end: rows.count,
  params: Int32Array.from(params, (_, j) => j),
});

/** Adds up alignments; `take` gives the mean since the last one and begins anew. */
export interface Meter {
  readonly sums: Float64Array; // all that it knows
  add(gradient: Float64Array, reference: Float64Array): void;
  take(): Alignment;
}

export function stepMeans(indices: Int32Array): Meter {
  const sums = new Float64Array(4); // of cosines, relative errors, norm ratios; steps
  return {
    sums,
    add(a, g) {
      const s = products(a, g, indices);
      if (s.gg === 0) return;
      const { cosine, relativeError, normRatio } = aligned(s, 1);
      sums[0]! += cosine;
      sums[1]! += relativeError;
      sums[2]! += normRatio;
      sums[3]!++;
    },
    take() {
      const [cosines, errors, ratios, steps] = sums as unknown as [number, number, number, number];
      sums.fill(0);
      return { cosine: cosines / steps, relativeError: errors / steps, normRatio: ratios / steps, steps };
    },
  };
}

/** The same over sums of products: `indices` are those whose numbers are added to one. */
export function pooled(indices: Int32Array): Meter {
  const sums = new Float64Array(5); // aa, gg, ag, dd; steps
  return {
    sums,
    add(a, g) {
      const x = sum(a, indices);
      const y = sum(g, indices);
      if (y === 0) return;
      sums[0]! += x * x;
      sums[1]! += y * y;
      sums[2]! += x * y;
      sums[3]! += (x - y) ** 2;
      sums[4]!++;
    },
    take() {
      const [aa, gg, ag, dd, steps] = sums as unknown as [number, number, number, number, number];
      sums.fill(0);
      return aligned({ aa, gg, ag, dd }, steps);
    },
  };
}

interface Products {
  aa: number; // |a|^2
  gg: number; // |g|^2
  ag: number; // a.g
  dd: number; // |a - g|^2
}

const zero = (): Products => ({ aa: 0, gg: 0, ag: 0, dd: 0 });

function products(a: Float64Array, g: Float64Array, indices: Int32Array): Products {
  const out = zero();
  for (let i = 0; i < indices.length; i++) {
    const x = a[indices[i]!]!;
    const y = g[indices[i]!]!;
    out.aa += x * x;
    out.gg += y * y;
    out.ag += x * y;
    out.dd += (x - y) ** 2;
  }
  return out;
}

function sum(values: Float64Array, indices: Int32Array): number {
  let total = 0;
  for (let i = 0; i < indices.length; i++) total += values[indices[i]!]!;
  return total;
}

function aligned({ aa, gg, ag, dd }: Products, steps: number): Alignment {
  const angle = ag / Math.sqrt(aa * gg);
  const cosine = aa === 0 && gg > 0 ? 0 : Math.max(-1, Math.min(1, angle)); // round-off may pass 1 by an ulp
  return { cosine, relativeError: Math.sqrt(dd / gg), normRatio: Math.sqrt(aa / gg), steps };
}
