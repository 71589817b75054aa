/**
 * Which state entries a parameter reaches, structurally (Menick et al. 2021, section 3): with B the pattern of I_t
 * and A the pattern of D_t,  S_n = B or AB or ... or A^{n-1}B.  A row's parameters share one set.
 * Two conventions: `unit-block` follows units and keeps all b components of a unit that is reached;
 * `strict` follows single state entries, as the nonzeros of the matrices do.
 */
import { dynamicsLive, dynamicsPattern } from './dynamics-structure.ts';
import type { Rows } from './types.ts';

export type Convention = 'unit-block' | 'strict';

/** For every row, the state entries (sorted) that S_n keeps; equal sets are one array. n = Infinity closes them under D. */
export function reached(rows: Rows, n: number, convention: Convention = 'unit-block'): Int32Array[] {
  const influence = influences(rows, convention);
  const bySeeds = new Map<string, Int32Array>();
  const byContent = new Map<string, Int32Array>();
  return Array.from({ length: rows.count }, (_, r) => {
    const seeds = rowSeeds(rows, r, convention);
    const key = seeds.join();
    const known = bySeeds.get(key);
    if (known) return known;
    const set = spread(seeds, influence, n - 1);
    const content = set.join();
    const one = byContent.get(content) ?? set;
    byContent.set(content, one);
    bySeeds.set(key, one);
    return one;
  });
}

/** True iff the kept set of every row with parameters is closed under D: nothing that matters ever leaves it. */
export function isClosed(rows: Rows, kept: readonly Int32Array[], convention: Convention = 'unit-block'): boolean {
  const influence = influences(rows, convention);
  const inside = new Uint8Array(influence.length);
  const verdicts = new Map<Int32Array, boolean>();
  return kept.every((set, r) => {
    if (rows.start[r] === rows.start[r + 1]) return true;
    inside.fill(0);
    for (const entry of set) inside[entry] = 1;
    if (!rowSeeds(rows, r, convention).every((entry) => inside[entry] === 1)) return false;
    const known = verdicts.get(set);
    if (known !== undefined) return known;
    const closed = set.every((entry) => influence[entry]!.every((next) => inside[next] === 1));
    verdicts.set(set, closed);
    return closed;
  });
}

/** The entries a row moves within the step. */
function rowSeeds(rows: Rows, r: number, convention: Convention): number[] {
  const b = rows.components;
  const seeds: number[] = [];
  for (let d = rows.destStart[r]!; d < rows.destStart[r + 1]!; d++) {
    for (let c = 0; c < b; c++) {
      if (convention === 'unit-block' || rows.live[d * b + c]) seeds.push(rows.dest[d]! * b + c);
    }
  }
  return seeds.sort((a, c) => a - c);
}

function spread(seeds: readonly number[], influence: readonly number[][], hops: number): Int32Array {
  const seen = new Uint8Array(influence.length);
  for (const entry of seeds) seen[entry] = 1;
  let count = seeds.length;
  let frontier = seeds;
  for (let hop = 0; hop < hops && frontier.length > 0 && count < seen.length; hop++) {
    const next: number[] = [];
    for (const entry of frontier) {
      for (const target of influence[entry]!) {
        if (seen[target] === 1) continue;
        seen[target] = 1;
        next.push(target);
      }
    }
    count += next.length;
    frontier = next;
  }
  const set = new Int32Array(count);
  let at = 0;
  for (let entry = 0; entry < seen.length; entry++) if (seen[entry] === 1) set[at++] = entry;
  return set;
}

/** influence[j] = entries i with D[i, j] possibly nonzero: whole blocks, or entry by entry. */
function influences(rows: Rows, convention: Convention): number[][] {
  const b = rows.components;
  const pattern = dynamicsPattern(rows);
  const live = convention === 'strict' ? dynamicsLive(rows, pattern) : null;
  const out: number[][] = Array.from({ length: rows.units * b }, () => []);
  for (let unit = 0; unit < rows.units; unit++) {
    for (let s = pattern.start[unit]!; s < pattern.start[unit + 1]!; s++) {
      for (let c = 0; c < b * b; c++) {
        if (live && !live[s * b * b + c]) continue;
        out[pattern.column[s]! * b + (c % b)]!.push(unit * b + Math.floor(c / b));
      }
    }
  }
  return out;
}
