import { z } from 'zod';
import type { EnvAlias } from '../part.ts';

const levels = ['easy', 'medium', 'hard'] as const;
export type Difficulty = (typeof levels)[number];

export const difficulty = z.enum(levels).default('easy').describe('the published size');

/** POPGym's three ids of a game, such as `popgym-RepeatFirstEasy-v0`: its sizes, for `make`. */
export function popgymIds(name: string, options: object = {}): EnvAlias[] {
  return levels.map((difficulty) => {
    const level = difficulty[0]!.toUpperCase() + difficulty.slice(1);
    return { id: `popgym-${name}${level}-v0`, options: { difficulty, ...options } };
  });
}

/** An option that stands for the published size of the difficulty while it is null. */
export function sizeOption(least: number, most: number, what: string) {
  return z.int().min(least).max(most).nullable().default(null).describe(`${what}; null = that of the difficulty`);
}

/** Sets entry `value` of the one-hot from `at` on, of `count` entries. */
export function writeOneHot(observation: Float64Array, at: number, count: number, value: number): void {
  for (let i = 0; i < count; i++) observation[at + i] = i === value ? 1 : 0;
}
