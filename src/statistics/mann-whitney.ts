import { ascending } from './ascending.ts';
import { normalTail } from './normal.ts';

export interface MannWhitney {
  readonly u: number; // pairs in which x is larger, ties half
  readonly p: number; // two-sided
  readonly exact: boolean;
}

/** Up to this many values on either side, without ties, the null distribution is counted out, as R does. */
const SMALL = 50;

/**
 * Mann & Whitney's (1947) test that a value of x exceeds one of y as often as not; u/(n_x n_y) estimates how often it
 * does. Small samples without ties: P from the counts of all orderings. Otherwise the normal approximation
 *
 *     z = (|u - n_x n_y/2| - 1/2)/sqrt(n_x n_y/12 (N + 1 - sum (t^3 - t)/(N (N - 1)))),   N = n_x + n_y
 *
 * with ties of sizes t. Infinities take part as the largest and smallest values. u and p are NaN where a side is empty or
 * holds a NaN; p is 1 where all values are equal.
 */
export function mannWhitney(x: ArrayLike<number>, y: ArrayLike<number>): MannWhitney {
  const [nx, ny] = [x.length, y.length];
  const all = ascending([...Array.from(x), ...Array.from(y)]);
  if (nx === 0 || ny === 0 || Number.isNaN(all.at(-1))) return { u: NaN, p: NaN, exact: false };
  const u = pairsWon(ascending(x), ascending(y));
  const ties = tieTerm(all);
  if (ties === 0 && nx <= SMALL && ny <= SMALL) return { u, p: exactP(Math.min(u, nx * ny - u), nx, ny), exact: true };
  const n = nx + ny;
  const deviation = Math.sqrt(((nx * ny) / 12) * (n + 1 - ties / (n * (n - 1))));
  const distance = Math.max(0, Math.abs(u - (nx * ny) / 2) - 0.5);
  return { u, p: distance === 0 ? 1 : 2 * normalTail(distance / deviation), exact: false };
}

/** Both ascending. */
function pairsWon(x: Float64Array, y: Float64Array): number {
  let [won, below, notAbove] = [0, 0, 0];
  for (const value of x) {
    while (below < y.length && y[below]! < value) below++;
    while (notAbove < y.length && y[notAbove]! <= value) notAbove++;
    won += (below + notAbove) / 2;
  }
  return won;
}

/** sum (t^3 - t) over the groups of equal values. */
function tieTerm(sorted: Float64Array): number {
  let sum = 0;
  for (let from = 0, to = 0; from < sorted.length; from = to) {
    while (to < sorted.length && sorted[to] === sorted[from]) to++;
    sum += (to - from) ** 3 - (to - from);
  }
  return sum;
}

/** Twice P(U <= u), u in the lower half, at most 1. */
function exactP(u: number, nx: number, ny: number): number {
  const counts = orderings(nx, ny, Math.floor(u));
  let total = 1; // binomial(nx + ny, nx)
  for (let i = 1; i <= nx; i++) total *= (ny + i) / i;
  return Math.min(1, (2 * counts.reduce((sum, count) => sum + count, 0)) / total);
}

/**
 * In how many orderings x wins 0, 1, ..., most pairs: the largest of all values is an x, which beats every y, or a y,
 * so count(u; i, j) = count(u - j; i - 1, j) + count(u; i, j - 1). Only sums: nothing cancels.
 */
function orderings(nx: number, ny: number, most: number): Float64Array {
  const counts = Array.from({ length: ny + 1 }, () => new Float64Array(most + 1)); // [ny + 1][most + 1] for i x's
  for (const row of counts) row[0] = 1; // without any x: won nothing, in one way
  for (let i = 1; i <= nx; i++) {
    for (let j = 1; j <= ny; j++) {
      const [here, left] = [counts[j]!, counts[j - 1]!];
      for (let u = most; u >= 0; u--) here[u] = (u >= j ? here[u - j]! : 0) + left[u]!;
    }
  }
  return counts[ny]!;
}
