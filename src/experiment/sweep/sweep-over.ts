/** The language in which sweeps are written (docs/sweeps.md): a tree whose lists are swept -> plain trees. */
import { canonicalJson } from '../../results/canonical-json.ts';
import { drawSettings, type RandomSearch } from './draw-settings.ts';
import { MOST } from './forms.ts';
import { isTree, type Tree } from './paired.ts';
import { readSpace } from './read-space.ts';
import { firstDrawn, members, sizeOf, type Space } from './space.ts';
import { sweepError } from './sweep-error.ts';

/**
 * A tree in which lists are swept and `$` words spaced, paired, put under a condition or drawn; or several such trees.
 */
export type SweepSpec = Tree | readonly Tree[];

/** Whether all settings are taken, or some drawn at random. */
export interface SweepOptions {
  readonly random?: RandomSearch | null; // null: all of them, the grid
}

/**
 * Every setting once: all combinations, the last key fastest, or as many as are drawn. `T` is what the settings are taken
 * for, such as the settings of an experiment; they are checked where they are run.
 */
export function sweepOver<T extends object = Tree>(spec: SweepSpec, { random = null }: SweepOptions = {}): T[] {
  const space = readSpace(spec);
  const settings = random === null ? grid(space) : drawSettings(space, random);
  return settings.map((setting) => {
    if (!isTree(setting)) throw sweepError('', `a setting is an object, got ${canonicalJson(setting)}`);
    return structuredClone(setting) as T; // they share what is not swept
  });
}

function grid(space: Space): unknown[] {
  const drawn = firstDrawn(space);
  if (drawn) {
    throw sweepError(
      drawn.path,
      `${drawn.word} is drawn from by a random search alone; say how many are to be drawn, or write $linear or $log10`,
    );
  }
  const size = sizeOf(space);
  if (size > MOST) {
    throw sweepError(
      '',
      `they are ${size.toLocaleString('en')}, and ${MOST.toLocaleString('en')} are the most; draw some of them at random`,
    );
  }
  const found = new Map<string, unknown>();
  for (const { value } of members(space)) {
    const key = canonicalJson(value);
    if (!found.has(key)) found.set(key, value);
  }
  return [...found.values()];
}
