import { EnvError } from '../errors.ts';
import type { Rng } from '../rng.ts';
import { checkFlat, listFromJson } from './nested.ts';
import { checkSpaces } from './parts.ts';
import type { SampleOptions, Space } from './space.ts';
import { partsOf, steering, steerPart } from './steer.ts';

/** An element of one of several spaces, with the index of that space; flat: the index, then the element, padded. */
export interface OneOf<T extends readonly unknown[] = readonly unknown[]> extends Space<
  readonly [index: number, value: T[number]]
> {
  readonly kind: 'one-of';
  /** Those that an element may be of, by their number. */
  readonly spaces: readonly Space<unknown>[];
  /** A list with what steers each space; the index is drawn uniformly all the same. */
  sample(rng: Rng, how?: SampleOptions<readonly unknown[]>): readonly [index: number, value: T[number]];
}
type Choice = readonly [index: number, value: unknown];

/** OneOf([a, b, ...]). A sample draws the space, all alike, then its element. */
export function oneOf<T extends readonly unknown[]>(spaces: readonly [...{ [I in keyof T]: Space<T[I]> }]): OneOf<T> {
  return fromParts(spaces as readonly Space<unknown>[]) as OneOf<T>;
}

function fromParts(given: readonly Space<unknown>[]): OneOf {
  const spaces = checkSpaces('OneOf', given);
  if (spaces.length === 0) throw new EnvError('Cannot make a OneOf space of no spaces: give one at least');
  const text = `OneOf(${spaces.join(', ')})`;
  const isFlattenable = spaces.every((space) => space.isFlattenable);
  const size = isFlattenable ? 1 + Math.max(...spaces.map((space) => space.size)) : 0;
  const contains = (x: unknown): x is Choice => Array.isArray(x) && x.length === 2 && isIn(spaces, x[0], x[1]);
  return {
    kind: 'one-of',
    shape: [],
    size,
    dtype: null,
    isFlattenable,
    spaces,
    contains,
    sample(rng, how) {
      const steer = steering(rng, how, text);
      const index = rng.integer(0, spaces.length - 1);
      if (steer === null) return [index, spaces[index]!.sample(rng)];
      const parts = partsOf(steer, spaces.length, text);
      return [index, spaces[index]!.sample(rng, steerPart(steer, parts[index]))];
    },
    flatten(x, out) {
      if (!isFlattenable) throw new EnvError(`Cannot flatten an element of ${text}: its length varies`);
      const space = spaces[x[0]];
      if (space === undefined || out.length !== size) {
        throw new EnvError(`Cannot flatten index ${x[0]} into ${out.length} entries: ${text} has ${size}`);
      }
      const end = 1 + space.size;
      out[0] = x[0];
      space.flatten(x[1], out.subarray(1, end));
      out.fill(space.size > 0 ? out[1] : 0, end); // Gymnasium pads with the element's first entry
    },
    unflatten(flat) {
      if (!isFlattenable) throw new EnvError(`Cannot unflatten into ${text}: the length of its elements varies`);
      checkFlat(flat, size, text);
      const space = spaces[flat[0]!];
      if (space === undefined) throw new EnvError(`Cannot unflatten into ${text}: it has no space ${flat[0]}`);
      return [flat[0]!, space.unflatten(Float64Array.from(flat).subarray(1, 1 + space.size))];
    },
    toJsonable: (samples) => samples.map(([i, x]) => [i, oneToJson(spaces[i]!, x)]),
    fromJsonable: (json) => listFromJson(json).map((pair) => fromPair(pair, spaces, text)),
    equals: (other) =>
      isOneOf(other) &&
      other.spaces.length === spaces.length &&
      other.spaces.every((space, i) => space.equals(spaces[i]!)),
    toJSON: () => ({ kind: 'one-of', spaces: spaces.map((space) => space.toJSON()) }),
    toString: () => text,
  };
}

function isOneOf(space: Space<unknown>): space is OneOf {
  return space.kind === 'one-of';
}

function isIn(spaces: readonly Space<unknown>[], index: unknown, value: unknown): boolean {
  return Number.isInteger(index) && spaces[index as number]?.contains(value) === true;
}

/** A batch of one without its list. Tuple and Dict write columns instead of a list: theirs stays as it is. */
function oneToJson(space: Space<unknown>, x: unknown): unknown {
  const json = space.toJsonable([x]);
  return isColumnar(space) ? json : (json as readonly unknown[])[0];
}

function fromPair(pair: unknown, spaces: readonly Space<unknown>[], text: string): Choice {
  const [index, json] = listFromJson(pair);
  const space = spaces[index as number];
  if (space === undefined) throw new EnvError(`Cannot read ${text} from JSON: it has no space ${String(index)}`);
  return [index as number, space.fromJsonable(isColumnar(space) ? json : [json])[0]];
}

function isColumnar({ kind }: Space<unknown>): boolean {
  return kind === 'tuple' || kind === 'dict';
}
