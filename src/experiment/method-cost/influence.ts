/**
 * The influence matrix of masked RTRL counted number by number: which entries of J a parameter keeps when it may reach n
 * steps far (Menick et al. 2021, section 3), and how many products J_t = S o (D_t J_{t-1} + I_t) takes. Counted on the
 * nonzeros of a live net, parameter by parameter; what plans count by blocks must be the same.
 */
import type { Cell } from '../../types.ts';
import type { LivePattern } from './live-pattern.ts';

export interface Influence {
  readonly parameters: number;
  readonly entries: number; // of J
  readonly hops: number; // products D J
  readonly immediate: number; // products of I
  readonly pulled: number; // products of one q' J
}

interface Kept {
  readonly size: number;
  readonly hops: number; // products D J of one column
  readonly read: number; // of them, what a head reads
}

/** `wholeUnits`: an entry of a unit that is reached brings the unit's others along. */
export function influence(cell: Cell, live: LivePattern, n: number, wholeUnits: boolean): Influence {
  const { start, count } = cell.rows;
  const keptOf = keeper(cell, live, n, wholeUnits);
  const total = { parameters: 0, entries: 0, hops: 0, immediate: 0, pulled: 0 };
  for (let r = 0; r < count; r++) {
    const columns = start[r + 1]! - start[r]!;
    const { size, hops, read } = keptOf(live.moves[r]!);
    total.parameters += columns;
    total.entries += columns * size;
    total.hops += columns * hops;
    total.immediate += columns * live.moves[r]!.length;
    total.pulled += columns * read;
  }
  return total;
}

function keeper(cell: Cell, { reads }: LivePattern, n: number, wholeUnits: boolean) {
  const b = cell.components;
  const fed: number[][] = reads.map(() => []);
  reads.forEach((sources, target) => sources.forEach((source) => fed[source]!.push(target)));
  const isRead = new Uint8Array(reads.length);
  for (const entry of cell.readout) isRead[entry] = 1;
  const known = new Map<string, Kept>();
  let everything: Kept | null = null;
  const unitOf = (entry: number): number[] => {
    const first = entry - (entry % b);
    return wholeUnits ? Array.from({ length: b }, (_, c) => first + c) : [entry];
  };
  const measured = (inside: Uint8Array, size: number): Kept => {
    let [hops, read] = [0, 0];
    for (let target = 0; target < inside.length; target++) {
      if (inside[target] === 0) continue;
      read += isRead[target]!;
      for (const source of reads[target]!) hops += inside[source]!;
    }
    return { size, hops, read };
  };
  const reach = (seeds: readonly number[]): Kept => {
    const inside = new Uint8Array(reads.length);
    let size = 0;
    let frontier: number[] = [];
    const enter = (entry: number): void => {
      for (const each of unitOf(entry)) {
        if (inside[each] === 1) continue;
        inside[each] = 1;
        size++;
        frontier.push(each);
      }
    };
    seeds.forEach(enter);
    for (let hop = 1; hop < n && frontier.length > 0 && size < inside.length; hop++) {
      const from = frontier;
      frontier = [];
      for (const source of from) fed[source]!.forEach(enter);
    }
    return size === inside.length ? (everything ??= measured(inside, size)) : measured(inside, size);
  };
  return (seeds: readonly number[]): Kept => {
    const key = seeds.join();
    const kept = known.get(key) ?? reach(seeds);
    known.set(key, kept);
    return kept;
  };
}
