import { EnvError } from '../errors.ts';
import type { Rng } from '../rng.ts';
import { checkFlat, listFromJson } from './nested.ts';
import type { SampleOptions, Space } from './space.ts';
import { checkMask, choose, entriesOf, partsOf, type Steering, steering } from './steer.ts';

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const alphanumeric = `0123456789${letters}${letters.toLowerCase()}`;

/** A length (null: any) and, per character of the charset, 0 or 1, or a probability (null: uniform). */
export type TextSteering = readonly [length: number | null, characters: ArrayLike<number> | null];

/** Texts over a set of characters; flat: the index of each character, padded with the size of the set. */
export interface Text extends Space<string> {
  readonly kind: 'text';
  /** Least number of characters. */
  readonly minLength: number;
  /** Greatest number of characters. */
  readonly maxLength: number;
  /** The characters, in the order of their indices. */
  readonly characters: readonly string[];
  /** A mask that allows no character gives '' where `minLength` is 0, and is an error elsewhere. */
  sample(rng: Rng, how?: SampleOptions<TextSteering>): string;
}

/** How short a text may be, and of which characters it is. */
export interface TextOptions {
  /** Default 1. */
  readonly minLength?: number;
  /** A text keeps its order, a set is sorted; letters and digits by default. Characters are code points. */
  readonly charset?: string | ReadonlySet<string>;
}

/** Text(maxLength). A sample has a uniform length, then uniform characters. */
export function text(maxLength: number, options: TextOptions = {}): Text {
  const { minLength = 1, charset = alphanumeric } = options;
  checkLengths(minLength, maxLength);
  const characters = charactersOf(charset);
  const n = characters.length;
  const index = new Map(characters.map((character, i) => [character, i]));
  const name = `Text(${minLength}, ${maxLength}, charset=${[...characters].sort().join('')})`;
  const contains = (x: unknown): x is string => {
    if (typeof x !== 'string') return false;
    const all = [...x];
    return minLength <= all.length && all.length <= maxLength && all.every((character) => index.has(character));
  };
  const space: Text = {
    kind: 'text',
    shape: [],
    size: maxLength,
    dtype: null,
    isFlattenable: true,
    minLength,
    maxLength,
    characters,
    contains,
    sample(rng, how) {
      const steer = steering(rng, how, name);
      const [asked, by] = steer === null ? [null, null] : readSteering(steer, space, name);
      const length = asked ?? rng.integer(minLength, maxLength);
      if (by !== null && isNothing(by, space, name)) return '';
      const one = (): number => (by === null ? rng.integer(0, n - 1) : choose(rng, by, n, name));
      return Array.from({ length }, () => characters[one()]).join('');
    },
    flatten(x, out) {
      if (!contains(x) || out.length !== maxLength) {
        throw new EnvError(`Cannot flatten ${JSON.stringify(x)} into ${out.length} entries: the space is ${name}`);
      }
      out.fill(n);
      let i = 0;
      for (const character of x) out[i++] = index.get(character)!;
    },
    unflatten(flat) {
      checkFlat(flat, maxLength, name);
      return Array.from(flat, (i) => (i < n ? characters[i] : '')).join('');
    },
    toJsonable: (samples) => [...samples],
    fromJsonable: (json) => listFromJson(json).map(String),
    equals: (other) =>
      isText(other) &&
      other.minLength === minLength &&
      other.maxLength === maxLength &&
      other.characters.length === n &&
      other.characters.every((character) => index.has(character)),
    toJSON: () => ({ kind: 'text', minLength, maxLength, charset: characters.join('') }),
    toString: () => name,
  };
  return space;
}

function isText(space: Space<unknown>): space is Text {
  return space.kind === 'text';
}

function checkLengths(minLength: number, maxLength: number): void {
  const isFine = Number.isSafeInteger(minLength) && Number.isSafeInteger(maxLength) && minLength >= 0;
  if (isFine && minLength <= maxLength) return;
  throw new EnvError(
    `Cannot make a Text space: lengths must be integers with 0 <= minLength <= maxLength, got ${minLength} and ${maxLength}`,
  );
}

function charactersOf(charset: string | ReadonlySet<string>): string[] {
  const characters = typeof charset === 'string' ? [...new Set(charset)] : [...charset].sort();
  const wrong = characters.find((character) => [...character].length !== 1);
  if (wrong === undefined && characters.length > 0) return characters;
  const got = wrong === undefined ? 'none' : JSON.stringify(wrong);
  throw new EnvError(`Cannot make a Text space: its charset must consist of single characters, got ${got}`);
}

function readSteering({ by, value }: Steering, space: Text, name: string): [number | null, Steering | null] {
  const [length, characters] = partsOf({ by, value }, 2, name);
  const isLength = Number.isInteger(length) && space.minLength <= Number(length) && Number(length) <= space.maxLength;
  if ((length ?? null) !== null && !isLength) {
    throw new EnvError(`Cannot sample ${name}: the length asked for is ${String(length)}`);
  }
  return [(length ?? null) as number | null, (characters ?? null) === null ? null : { by, value: characters }];
}

/** Whether a mask allows no character at all. */
function isNothing({ by, value }: Steering, { characters, minLength }: Text, name: string): boolean {
  const entries = entriesOf(value, characters.length, `Cannot sample ${name}: ${by}`);
  if (by === 'probability') return false;
  checkMask(entries, [0, 1], name);
  if (Array.from(entries).some((x) => x === 1)) return false;
  if (minLength === 0) return true;
  throw new EnvError(`Cannot sample ${name}: the mask allows no character, and the empty text is too short`);
}
