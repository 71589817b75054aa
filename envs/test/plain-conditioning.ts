/**
 * Oracle: the Rafiee tasks as a schedule. Onsets are drawn in the published order and painted onto a table of rows;
 * slow, obvious, and sharing no code with envs/ but the random numbers. Lengths CS 4, US 2, distractor 4.
 */
import type { Rng } from '../rng.ts';

type Range = readonly [number, number];
const [csLength, usLength, distractorLength] = [4, 2, 4];

function paint(table: number[][], from: number, length: number, entry: number): void {
  for (let t = from; t < from + length && t < table.length; t++) table[t]![entry] = 1;
}

function blank(moments: number, size: number): number[][] {
  return Array.from({ length: moments }, () => new Array<number>(size).fill(0));
}

export function plainTraceConditioning(
  rng: Rng,
  { isi, iti, distractors }: { isi: Range; iti: Range; distractors: number },
  moments: number,
): string[] {
  const table = blank(moments, 2 + distractors);
  // Distractor d may be drawn again from this moment on: the one after the moment of its switching off.
  const free = new Array<number>(distractors).fill(0);
  let trial = 0;
  for (let t = 0; t < moments; t++) {
    if (t === trial) {
      const us = t + rng.integer(...isi);
      trial = us + rng.integer(...iti);
      paint(table, t, csLength, 1);
      paint(table, us, usLength, 0);
    }
    for (let d = 0; d < distractors; d++) {
      if (t < free[d]! || rng.uniform() >= 1 / (10 * (d + 1))) continue;
      paint(table, t, distractorLength, 2 + d);
      free[d] = t + distractorLength + 1;
    }
  }
  return table.map((row) => row.join(''));
}

export function plainPatterning(
  rng: Rng,
  options: { isi: Range; iti: Range; cues: number; patterns: number; distractors: number; noise: number },
  moments: number,
): string[] {
  const { isi, iti, cues, patterns, distractors, noise } = options;
  const table = blank(moments, 1 + cues + distractors);
  const activating = choosePatterns(rng, cues, patterns);
  const p = (2 ** cues * 0.5 - patterns) / (2 ** cues - patterns);
  const coins = (n: number): number[] => Array.from({ length: n }, () => rng.integer(0, 1));
  for (let t = 0; t < moments;) {
    const shown = rng.uniform() < p ? activating[rng.integer(0, patterns - 1)]! : coins(cues).join('');
    const us = t + rng.integer(...isi);
    const chance = rng.uniform();
    const isBrought = activating.includes(shown) ? chance > noise : chance < noise;
    const confounds = coins(distractors);
    [...shown].forEach((on, c) => on === '1' && paint(table, t, csLength, 1 + c));
    if (isBrought) paint(table, us, usLength, 0);
    confounds.forEach((on, d) => on === 1 && paint(table, t, distractorLength, 1 + cues + d));
    t = us + rng.integer(...iti);
  }
  return table.map((row) => row.join(''));
}

/** The first of a Fisher-Yates shuffle of all half patterns, as strings of bits, lexicographic by cue list. */
function choosePatterns(rng: Rng, cues: number, count: number): string[] {
  const half = Math.floor(cues / 2);
  const all = Array.from({ length: 2 ** cues }, (_, i) => i.toString(2).padStart(cues, '0'))
    .filter((bits) => bits.replaceAll('0', '').length === half)
    .sort()
    .reverse(); // cue 0 first means the largest string first
  for (let i = 0; i < count; i++) {
    const j = rng.integer(i, all.length - 1);
    [all[i], all[j]] = [all[j]!, all[i]!];
  }
  return all.slice(0, count);
}
