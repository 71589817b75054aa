/** Random search: so many different members of a space, the same ones for the same seed. */
import { createRng, type Rng } from '@rl-tools/envs';
import { canonicalJson } from '../../results/canonical-json.ts';
import { MOST } from './forms.ts';
import { draw, members, sizeOf, type Space } from './space.ts';
import { sweepError } from './sweep-error.ts';

export interface RandomSearch {
  readonly count: number;
  readonly seed: number | string;
}

/** In the order in which they are drawn: the first ten of twenty are the ten of ten. */
export function drawSettings(space: Space, { count, seed }: RandomSearch): unknown[] {
  if (!Number.isInteger(count) || count < 1 || count > MOST) {
    throw sweepError('', `a random search draws 1 to ${MOST.toLocaleString('en')} settings, not ${count}`);
  }
  const rng = createRng(`${seed}/sweep`);
  return sizeOf(space) <= MOST ? someOfAll(space, count, rng) : drawnOneByOne(space, count, rng);
}

/**
 * As if drawn one by one, those that were drawn before left out, but sure to end (Efraimidis & Spirakis 2006): the members
 * with the smallest of exponential times, whose rates are their chances.
 */
function someOfAll(space: Space, count: number, rng: Rng): unknown[] {
  const known = new Map<string, { value: unknown; chance: number }>();
  for (const { value, chance } of members(space)) {
    const key = canonicalJson(value);
    known.set(key, { value, chance: chance + (known.get(key)?.chance ?? 0) });
  }
  const timed = [...known.values()].map(({ value, chance }) => ({ value, time: -Math.log(rng.uniform()) / chance }));
  timed.sort((a, b) => a.time - b.time);
  return timed.slice(0, count).map(({ value }) => value);
}

function drawnOneByOne(space: Space, count: number, rng: Rng): unknown[] {
  const found = new Map<string, unknown>();
  for (let tries = 0; found.size < count; tries++) {
    if (tries > 1000 + 100 * count) {
      throw sweepError('', `a random search finds no more than ${found.size} different settings here; ask for fewer`);
    }
    const value = draw(space, rng);
    const key = canonicalJson(value);
    if (!found.has(key)) found.set(key, value);
  }
  return [...found.values()];
}
