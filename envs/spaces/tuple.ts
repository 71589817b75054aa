import { EnvError } from '../errors.ts';
import type { Rng } from '../rng.ts';
import { checkFlat, listFromJson } from './nested.ts';
import { checkSpaces } from './parts.ts';
import type { SampleOptions, Space } from './space.ts';
import { partsOf, steering, steerPart } from './steer.ts';

/** One element of each of several spaces, as an array; flat: one after the other. */
export interface Tuple<T extends readonly unknown[] = readonly unknown[]> extends Space<T> {
  readonly kind: 'tuple';
  /** Of each place. */
  readonly spaces: readonly Space<unknown>[];
  /** A list with what steers each part; null for a part that is free. */
  sample(rng: Rng, how?: SampleOptions<readonly unknown[]>): T;
}

/** Tuple([a, b, ...]). A sample draws from one part after the other. */
export function tuple<T extends readonly unknown[]>(spaces: readonly [...{ [I in keyof T]: Space<T[I]> }]): Tuple<T> {
  return fromParts(spaces as readonly Space<unknown>[]) as Tuple<T>;
}

function fromParts(given: readonly Space<unknown>[]): Tuple {
  const spaces = checkSpaces('Tuple', given);
  const text = `Tuple(${spaces.join(', ')})`;
  const isFlattenable = spaces.every((space) => space.isFlattenable);
  const size = isFlattenable ? spaces.reduce((sum, space) => sum + space.size, 0) : 0;
  return {
    kind: 'tuple',
    shape: [],
    size,
    dtype: null,
    isFlattenable,
    spaces,
    contains: (x): x is readonly unknown[] =>
      Array.isArray(x) && x.length === spaces.length && spaces.every((space, i) => space.contains(x[i])),
    sample(rng, how) {
      const steer = steering(rng, how, text);
      if (steer === null) return spaces.map((space) => space.sample(rng));
      const parts = partsOf(steer, spaces.length, text);
      return spaces.map((space, i) => space.sample(rng, steerPart(steer, parts[i])));
    },
    flatten(x, out) {
      if (!isFlattenable) throw new EnvError(`Cannot flatten an element of ${text}: its length varies`);
      if (!Array.isArray(x) || x.length !== spaces.length || out.length !== size) {
        throw new EnvError(`Cannot flatten into ${out.length} entries: ${text} has ${spaces.length} parts of ${size}`);
      }
      let at = 0;
      spaces.forEach((space, i) => space.flatten(x[i], out.subarray(at, (at += space.size))));
    },
    unflatten(flat) {
      if (!isFlattenable) throw new EnvError(`Cannot unflatten into ${text}: the length of its elements varies`);
      checkFlat(flat, size, text);
      const all = Float64Array.from(flat);
      let at = 0;
      return spaces.map((space) => space.unflatten(all.subarray(at, (at += space.size))));
    },
    toJsonable: (samples) => spaces.map((space, i) => space.toJsonable(samples.map((x) => x[i]))),
    fromJsonable: (json) => rows(listFromJson(json), spaces, text),
    equals: (other) =>
      isTuple(other) &&
      other.spaces.length === spaces.length &&
      other.spaces.every((space, i) => space.equals(spaces[i]!)),
    toJSON: () => ({ kind: 'tuple', spaces: spaces.map((space) => space.toJSON()) }),
    toString: () => text,
  };
}

function isTuple(space: Space<unknown>): space is Tuple {
  return space.kind === 'tuple';
}

/** From one column per part to one array per sample. */
function rows(json: readonly unknown[], spaces: readonly Space<unknown>[], text: string): unknown[][] {
  if (json.length !== spaces.length) {
    throw new EnvError(`Cannot read ${text} from JSON: it has ${spaces.length} columns, these are ${json.length}`);
  }
  const columns = spaces.map((space, i) => space.fromJsonable(json[i]));
  const length = columns[0]?.length ?? 0;
  if (columns.every((column) => column.length === length)) {
    return Array.from({ length }, (_, row) => columns.map((column) => column[row]));
  }
  throw new EnvError(`Cannot read ${text} from JSON: its columns are of different length`);
}
