import { z } from 'zod';

/** Lowest and highest value of a uniform integer draw, both included. */
export type Range = readonly [lowest: number, highest: number];

const longest = 1_000_000; // steps; far beyond any use, small enough to keep every sum finite

/** An option that holds a Range of at least one step. */
export function range(lowest: number, highest: number, what: string) {
  const bound = z.int().min(1).max(longest);
  return z
    .tuple([bound, bound])
    .refine(([lo, hi]) => lo <= hi, 'the lowest must not exceed the highest')
    .default([lowest, highest])
    .describe(what);
}

/** An option that holds a whole number. */
export function count(standard: number, min: number, max: number, what: string) {
  return z.int().min(min).max(max).default(standard).describe(what);
}

/** The middle of a Range. */
export function mean(range: Range): number {
  return (range[0] + range[1]) / 2;
}
