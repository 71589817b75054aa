/** Step sizes learned by their logarithms beta = ln alpha, and the bounds that a rule may keep them within. */
import { z } from 'zod';

/** Spread into a rule's options. */
export const betaOptions = {
  betaMin: z.number().nullable().default(null).describe('least ln alpha; null = none, -10 is good advice'),
  betaMax: z.number().nullable().default(null).describe('largest ln alpha; null = none'),
  betaChange: z.number().gt(0).nullable().default(null).describe('most that ln alpha moves at once; null = no bound'),
};

export interface BetaBounds {
  readonly least: number;
  readonly most: number;
  readonly change: number;
}

export function betaBounds(options: Readonly<Record<keyof typeof betaOptions, number | null>>): BetaBounds {
  const { betaMin, betaMax, betaChange } = options;
  return { least: betaMin ?? -Infinity, most: betaMax ?? Infinity, change: betaChange ?? Infinity };
}

export function moveBeta(beta: Float64Array, i: number, by: number, { least, most, change }: BetaBounds): void {
  const moved = beta[i]! + Math.min(change, Math.max(-change, by));
  beta[i] = Math.min(most, Math.max(least, moved));
}

export function exponentials(beta: Float64Array, into: Float64Array): void {
  for (let i = 0; i < into.length; i++) into[i] = Math.exp(beta[i]!);
}
