/** What a sweep ranges over, read and checked: how many settings it holds, all of them in order, and one by chance. */
import type { Rng } from '@rl-tools/envs';

export type Space =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'choice'; readonly of: readonly Space[] }
  | { readonly kind: 'tree'; readonly entries: readonly (readonly [string, Space])[] }
  | {
      readonly kind: 'drawn';
      readonly path: string;
      readonly word: string; // $uniform
      readonly values: readonly number[] | null; // all that can be drawn, where they can be told
      readonly draw: (rng: Rng) => number;
    };

/** Members, alike ones counted apart; infinite where a number is drawn from an interval. */
export function sizeOf(space: Space): number {
  if (space.kind === 'value') return 1;
  if (space.kind === 'drawn') return space.values?.length ?? Infinity;
  if (space.kind === 'choice') return space.of.reduce((sum, one) => sum + sizeOf(one), 0);
  return space.entries.reduce((product, [, one]) => product * sizeOf(one), 1);
}

export interface Member {
  readonly value: unknown;
  readonly chance: number; // that `draw` gives it, alike ones counted apart
}

/** All of a finite space: nested loops, the last key of a tree is the innermost one. */
export function* members(space: Space): Generator<Member> {
  if (space.kind === 'value') yield { value: space.value, chance: 1 };
  if (space.kind === 'drawn') for (const value of space.values ?? []) yield { value, chance: 1 / space.values!.length };
  if (space.kind === 'choice')
    for (const one of space.of)
      for (const { value, chance } of members(one)) yield { value, chance: chance / space.of.length };
  if (space.kind === 'tree') yield* trees(space.entries);
}

function* trees([first, ...rest]: readonly (readonly [string, Space])[]): Generator<Member> {
  if (first === undefined) return yield { value: {}, chance: 1 };
  const [key, space] = first;
  for (const one of members(space)) {
    for (const { value, chance } of trees(rest)) {
      yield { value: { [key]: one.value, ...(value as object) }, chance: one.chance * chance };
    }
  }
}

/** One member: every list is chosen from with equal chances. */
export function draw(space: Space, rng: Rng): unknown {
  if (space.kind === 'value') return space.value;
  if (space.kind === 'drawn') return space.draw(rng);
  if (space.kind === 'choice') return draw(space.of[rng.integer(0, space.of.length - 1)]!, rng);
  return Object.fromEntries(space.entries.map(([key, one]) => [key, draw(one, rng)]));
}

/** The first leaf that only a random search can give a value. */
export function firstDrawn(space: Space): { readonly path: string; readonly word: string } | null {
  if (space.kind === 'drawn') return space;
  const inner = space.kind === 'choice' ? space.of : space.kind === 'tree' ? space.entries.map(([, one]) => one) : [];
  for (const one of inner) {
    const found = firstDrawn(one);
    if (found) return found;
  }
  return null;
}
