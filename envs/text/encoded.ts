import { readFileSync } from 'node:fs';
import { EnvError } from '../errors.ts';

/** A text as numbers of its characters in an alphabet; alphabet.length stands for every other character. */
export interface Encoded {
  readonly codes: Uint16Array; // [characters]
  readonly unknown: number; // characters outside the alphabet
}

const most = 65_535; // classes that a code can tell apart

/** A file as text: its characters are code points. */
export function readText(path: string): string {
  const refuse = (why: string): EnvError => new EnvError(`Cannot read ${path} as text: ${why}`);
  const bytes = read(path, refuse);
  if (bytes.length === 0) throw refuse('it is empty');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw refuse(error instanceof TypeError ? 'it is not UTF-8' : 'it is too long to be held in memory');
  }
}

function read(path: string, refuse: (why: string) => EnvError): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw refuse('there is no such file');
    if (code === 'EISDIR') throw refuse('it is a folder');
    throw refuse(message.split('\n')[0]!);
  }
}

/** The characters that come `atLeast` times, by code point. */
export function alphabetOf(text: string, atLeast: number): string[] {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  const kept = [...counts].filter(([, n]) => n >= atLeast).map(([character]) => character);
  return kept.sort((a, b) => a.codePointAt(0)! - b.codePointAt(0)!);
}

/** The characters of an alphabet that somebody wrote, each once. */
export function checkAlphabet(characters: readonly string[]): readonly string[] {
  const twice = characters.find((character, i) => characters.indexOf(character) !== i);
  if (twice !== undefined)
    throw new EnvError(`Cannot use this alphabet: it has ${JSON.stringify(twice)} more than once`);
  if (characters.length === 0)
    throw new EnvError('Cannot use this alphabet: it is empty; take auto, or some characters');
  if (characters.length < most) return characters;
  throw new EnvError(`Cannot use this alphabet: it has ${characters.length} characters, and ${most - 1} are the most`);
}

export function encode(text: string, alphabet: readonly string[]): Encoded {
  const numbers = new Map(alphabet.map((character, i) => [character, i]));
  const codes = new Uint16Array(text.length); // at least as many as code points
  let length = 0;
  let unknown = 0;
  for (const character of text) {
    const code = numbers.get(character) ?? alphabet.length;
    if (code === alphabet.length) unknown++;
    codes[length++] = code;
  }
  return { codes: codes.slice(0, length), unknown };
}

/** A number that another text, or another alphabet, would hardly have (FNV-1a). */
export function digest({ codes }: Encoded, alphabet: readonly string[]): number {
  let hash = 0x811c9dc5;
  for (const character of alphabet) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193);
  for (const code of codes) hash = Math.imul(hash ^ code, 0x01000193);
  return hash >>> 0;
}

/** Bits per character of the tables of order 0 and 1 that fit these characters best: conditional entropies of counts. */
export function tableBits(codes: Uint16Array): { order0: number; order1: number } {
  const single = new Map<number, number>();
  const pair = new Map<number, number>();
  const first = new Map<number, number>();
  for (let i = 1; i < codes.length; i++) {
    add(single, codes[i]!);
    add(first, codes[i - 1]!);
    add(pair, codes[i - 1]! * (most + 1) + codes[i]!);
  }
  return { order0: entropy(single), order1: Math.max(0, entropy(pair) - entropy(first)) };
}

const add = (counts: Map<number, number>, key: number): Map<number, number> =>
  counts.set(key, (counts.get(key) ?? 0) + 1);

function entropy(counts: ReadonlyMap<number, number>): number {
  let n = 0;
  for (const count of counts.values()) n += count;
  let bits = 0;
  for (const count of counts.values()) bits -= (count / n) * Math.log2(count / n);
  return bits;
}
