import type { AnyEnv } from '../part.ts';

/** One clause of the environment contract. */
export interface Rule {
  readonly rule: string;
  readonly level: 'error' | 'warning';
  /** The clause in words. */
  readonly says: string;
  /** Later rules make no sense where this one is broken. */
  readonly needed: boolean;
  /** What is wrong, in one line; null where the environment keeps the rule. */
  problem(make: () => AnyEnv): string | null;
}

export const seed = 123;
export const otherSeed = 456;
export const steps = 200;
