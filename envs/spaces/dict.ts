import { EnvError } from '../errors.ts';
import { describe } from '../guard.ts';
import type { Rng } from '../rng.ts';
import { checkFlat } from './nested.ts';
import { checkSpace } from './parts.ts';
import type { SampleOptions, Space } from './space.ts';
import { type Steering, steering, steerPart } from './steer.ts';

/** One element of each of several named spaces, as a record; flat: one after the other, in the order of `keys`. */
export interface Dict<T extends object = Readonly<Record<string, unknown>>> extends Space<T> {
  readonly kind: 'dict';
  /** Names, in the order of the flat form. */
  readonly keys: readonly string[];
  /** The space of each name. */
  readonly spaces: { readonly [K in keyof T]: Space<T[K]> };
  /** A record with what steers each part, all keys present; null for a part that is free. */
  sample(rng: Rng, how?: SampleOptions<{ readonly [K in keyof T]: unknown }>): T;
}

type Parts = readonly (readonly [key: string, space: Space<unknown>])[];
type Row = Readonly<Record<string, unknown>>;

/** Dict({a, b, ...}): keys are sorted, as Gymnasium sorts those of a mapping; a list of pairs or a Map keeps its order. */
export function dict<T extends object>(spaces: { readonly [K in keyof T]: Space<T[K]> }): Dict<T>;
export function dict(spaces: Parts | ReadonlyMap<string, Space<unknown>>): Dict;
export function dict(spaces: unknown): Dict {
  if (typeof spaces !== 'object' || spaces === null) {
    throw new EnvError(`Cannot make a Dict: a record of spaces is needed, got ${describe(spaces)}`);
  }
  if (Array.isArray(spaces) && !spaces.every((pair) => Array.isArray(pair) && typeof pair[0] === 'string')) {
    throw new EnvError('Cannot make a Dict of a list: pairs of a key and a space are needed');
  }
  if (spaces instanceof Map || Array.isArray(spaces)) return fromParts([...(spaces as Parts)]);
  return fromParts(Object.entries(spaces as Record<string, Space<unknown>>).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function fromParts(parts: Parts): Dict {
  for (const [key, space] of parts) checkSpace(`Dict with the key ${key}`, space);
  const keys = parts.map(([key]) => key);
  const twice = keys.find((key, i) => keys.indexOf(key) !== i);
  if (twice !== undefined) throw new EnvError(`Cannot make a Dict space: key "${twice}" is given twice`);
  const text = `Dict(${parts.map(([key, space]) => `${key}: ${space}`).join(', ')})`;
  const isFlattenable = parts.every(([, space]) => space.isFlattenable);
  const size = isFlattenable ? parts.reduce((sum, [, space]) => sum + space.size, 0) : 0;
  return {
    kind: 'dict',
    shape: [],
    size,
    dtype: null,
    isFlattenable,
    keys,
    spaces: Object.fromEntries(parts),
    contains: (x): x is Row => hasKeys(x, keys) && parts.every(([key, space]) => space.contains(x[key])),
    sample(rng, how) {
      const steer = steering(rng, how, text);
      const by = steer === null ? null : steerRecord(steer, keys, text);
      return record(parts, (space, key) => space.sample(rng, by === null ? undefined : steerPart(steer!, by[key])));
    },
    flatten(x, out) {
      if (!isFlattenable) throw new EnvError(`Cannot flatten an element of ${text}: its length varies`);
      if (!hasKeys(x, keys) || out.length !== size) {
        throw new EnvError(
          `Cannot flatten into ${out.length} entries: ${text} has the keys ${keys.join(', ')}: ${size}`,
        );
      }
      let at = 0;
      for (const [key, space] of parts) space.flatten(x[key], out.subarray(at, (at += space.size)));
    },
    unflatten(flat) {
      if (!isFlattenable) throw new EnvError(`Cannot unflatten into ${text}: the length of its elements varies`);
      checkFlat(flat, size, text);
      const all = Float64Array.from(flat);
      let at = 0;
      return record(parts, (space) => space.unflatten(all.subarray(at, (at += space.size))));
    },
    toJsonable: (samples) => record(parts, (space, key) => space.toJsonable(samples.map((x) => x[key]))),
    fromJsonable: (json) => rows(json, parts, keys, text),
    equals: (other) =>
      isDict(other) &&
      other.keys.length === keys.length &&
      parts.every(([key, space]) => Object.hasOwn(other.spaces, key) && space.equals(other.spaces[key]!)),
    toJSON: () => ({ kind: 'dict', spaces: parts.map(([key, space]) => [key, space.toJSON()]) }),
    toString: () => text,
  };
}

function isDict(space: Space<unknown>): space is Dict {
  return space.kind === 'dict';
}

function record(parts: Parts, value: (space: Space<unknown>, key: string) => unknown): Row {
  return Object.fromEntries(parts.map(([key, space]) => [key, value(space, key)]));
}

function hasKeys(x: unknown, keys: readonly string[]): x is Row {
  if (typeof x !== 'object' || x === null || Array.isArray(x) || ArrayBuffer.isView(x)) return false;
  return Object.keys(x).length === keys.length && keys.every((key) => Object.hasOwn(x, key));
}

function steerRecord({ by, value }: Steering, keys: readonly string[], text: string): Row {
  if (hasKeys(value, keys)) return value;
  throw new EnvError(`Cannot sample ${text}: ${by} must have the keys ${keys.join(', ')}`);
}

/** From one column per key to one record per sample. */
function rows(json: unknown, parts: Parts, keys: readonly string[], text: string): Row[] {
  if (!hasKeys(json, keys))
    throw new EnvError(`Cannot read ${text} from JSON: a column is needed for each of its keys`);
  const columns = new Map(parts.map(([key, space]) => [key, space.fromJsonable(json[key])]));
  const length = columns.get(keys[0] ?? '')?.length ?? 0;
  if ([...columns.values()].some((column) => column.length !== length)) {
    throw new EnvError(`Cannot read ${text} from JSON: its columns are of different length`);
  }
  return Array.from({ length }, (_, row) => record(parts, (_space, key) => columns.get(key)![row]));
}
