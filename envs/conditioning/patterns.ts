import type { Rng } from '../rng.ts';

/** A pattern of n cues as a bit mask: bit c is cue c. */
export type Pattern = number;

/** All patterns with floor(n/2) of n cues on, in the lexicographic order of their cue lists (itertools.combinations). */
export function halfPatterns(cues: number): Pattern[] {
  return combinations(0, cues, Math.floor(cues / 2));
}

/** How many of them there are. */
export function countHalfPatterns(cues: number): number {
  const k = Math.floor(cues / 2);
  let count = 1;
  for (let i = 1; i <= k; i++) count = (count * (cues - k + i)) / i;
  return Math.round(count);
}

/** `count` distinct half patterns in random order: Rafiee's choice(arange(C(n, n/2)), count, replace=False). */
export function drawHalfPatterns(cues: number, count: number, rng: Rng): Pattern[] {
  const all = halfPatterns(cues);
  return rng.choose(all.length, count).map((i) => all[i]!);
}

/** One half pattern by rejection (Javed): integers in 0..n-1 until floor(n/2) different cues are on. */
export function drawHalfPattern(cues: number, rng: Rng): Pattern {
  let pattern = 0;
  for (let on = 0; on < Math.floor(cues / 2);) {
    const bit = 1 << rng.integer(0, cues - 1);
    if ((pattern & bit) === 0) on++;
    pattern |= bit;
  }
  return pattern;
}

/** n fair bits. Draws: n integers in {0, 1}, cue 0 first. */
export function drawFairPattern(cues: number, rng: Rng): Pattern {
  let pattern = 0;
  for (let c = 0; c < cues; c++) pattern |= rng.integer(0, 1) << c;
  return pattern;
}

export function isCueOn(pattern: Pattern, cue: number): boolean {
  return ((pattern >> cue) & 1) === 1;
}

function combinations(from: number, cues: number, choose: number): Pattern[] {
  if (choose === 0) return [0];
  const found: Pattern[] = [];
  for (let first = from; first <= cues - choose; first++) {
    for (const rest of combinations(first + 1, cues, choose - 1)) found.push((1 << first) | rest);
  }
  return found;
}
