/** text: a file as characters, its parts, its crops, and one line for every file that is none. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { makeEnv } from '../registry.ts';
import type { TextStream } from '../tasks/text.ts';
import { emptyResult } from './stream.ts';

const folder = mkdtempSync(join(tmpdir(), 'text-'));
afterAll(() => rmSync(folder, { recursive: true }));
function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}
const make = async (options: object) => (await makeEnv('text', { ...options })) as unknown as TextStream;

/** Plays an episode: what is shown, and what is wanted of each character but the last. */
function episode(env: TextStream, seed?: number): { shown: string; wanted: string } {
  const names = env.metadata.classes!;
  const out = emptyResult(env);
  env.resetInto(out, seed === undefined ? {} : { seed });
  let [shown, wanted] = ['', ''];
  for (;;) {
    shown += names[out.observation.indexOf(1)];
    if (out.terminated) break;
    const target = env.value();
    wanted += names[target];
    env.stepInto(0, out);
    expect(out.reward).toBe(target);
  }
  expect(env.value()).toBeNaN();
  return { shown, wanted };
}

const line = 'the cat sat on the mat; a dog ate the hat, and that was that.';
const path = file('line.txt', line.repeat(40));

describe('a text', () => {
  test('is read in sequences from random places, each asking for the characters that follow its first', async () => {
    const env = await make({ path, crop: 20 });
    const seen = Array.from({ length: 200 }, (_, i) => episode(env, i === 0 ? 3 : undefined));
    for (const { shown, wanted } of seen) {
      expect(shown).toHaveLength(21);
      expect(wanted).toBe(shown.slice(1));
      expect(line + line).toContain(shown);
    }
    expect(new Set(seen.map(({ shown }) => shown)).size).toBeGreaterThan(line.length / 2);
  });

  test('is read from start to end where there is no crop, its last tenth apart', async () => {
    const whole = line.repeat(40);
    const at = Math.round(whole.length * 0.9);
    const [train, held] = [await make({ path, crop: null }), await make({ path, crop: null, part: 'held-out' })];
    expect(episode(train, 1).shown).toBe(whole.slice(0, at));
    expect(episode(held, 1).shown).toBe(whole.slice(at));
    expect(episode(held).shown).toBe(whole.slice(at));
    expect(train.metadata.classes).toEqual(held.metadata.classes);
    expect(train.metadata.classes!.slice(0, -1)).toEqual([...new Set(line)].sort());
  });

  test('has one class for what is not in its alphabet, which is counted', async () => {
    const env = await make({ path: file('vowels.txt', 'banana-nabana'), alphabet: 'ab', crop: null, heldOut: 0 });
    expect(episode(env, 1).shown).toBe('ba\uFFFDa\uFFFDa\uFFFD\uFFFDaba\uFFFDa');
    expect(env.unknown).toBe(5);
    expect(env.reset()[1]).toEqual({ unknown: 5 });
    const rare = await make({ path: file('rare.txt', 'aaabbbbc'.repeat(2)), atLeast: 3, crop: null, heldOut: 0 });
    expect(rare.metadata.classes).toEqual(['a', 'b', '\uFFFD']);
    // A character that the training part lacks is unknown to both.
    const late = await make({ path: file('late.txt', `${'ab'.repeat(45)}abababzzab`), crop: 2, part: 'held-out' });
    expect(late.metadata.classes).toEqual(['a', 'b', '\uFFFD']);
    expect(late.unknown).toBe(2);
  });

  test('counts code points, and never cuts one in two', async () => {
    const faces = '😀é😃'.repeat(10);
    for (const heldOut of [0.3, 0.31, 0.32, 0.33, 0.34, 0.36]) {
      const options = { path: file('faces.txt', faces), heldOut, crop: null };
      const parts = [await make(options), await make({ ...options, part: 'held-out' })];
      expect(parts[0]!.metadata.classes).toEqual(['é', '😀', '😃', '\uFFFD']);
      expect(parts.map((part) => episode(part, 1).shown).join('')).toBe(faces);
    }
  });

  test('tells what tables of its own counts pay: worked out by hand', async () => {
    const env = await make({ path: file('abab.txt', 'aabb'.repeat(250) + 'a'), crop: null, heldOut: 0 });
    const { order0, order1, ideal } = env.metadata.bits!;
    expect(order0).toBeCloseTo(1, 12);
    expect(order1).toBeCloseTo(1, 12); // after an a, either; after a b, either
    const strict = await make({ path: file('strict.txt', 'ab'.repeat(500) + 'a'), crop: null, heldOut: 0 });
    expect(strict.metadata.bits!.order1).toBeCloseTo(0, 12);
    expect(ideal).toBe(null);
  });
});

describe('what cannot be read is told in one line:', () => {
  const refused: [what: string, options: () => object, line: string | RegExp][] = [
    ['no file', () => ({ path: join(folder, 'none.txt') }), /^Cannot read .*none\.txt as text: there is no such file$/],
    ['a folder', () => ({ path: folder }), /as text: it is a folder$/],
    ['an empty file', () => ({ path: file('empty.txt', '') }), /empty\.txt as text: it is empty$/],
    ['bytes', () => ({ path: file('bytes.txt', Uint8Array.of(97, 0xff, 97)) }), /bytes\.txt as text: it is not UTF-8$/],
    ['too short', () => ({ path: file('short.txt', 'a'.repeat(100)) }), /train part of .*short\.txt: it has 90 .* 129 are needed/], // prettier-ignore
    ['no part', () => ({ path, part: 'held-out', heldOut: 0, crop: null }), /held-out part of .*: it has 0 characters, and 2/], // prettier-ignore
    ['a letter twice', () => ({ alphabet: 'abca' }), 'Cannot use this alphabet: it has "a" more than once'],
    ['no letter', () => ({ alphabet: '' }), 'Cannot use this alphabet: it is empty; take auto, or some characters'],
  ];
  test.each(refused)('%s', async (_, options, words) => {
    await expect(make(options())).rejects.toThrow(words);
  });

  test('a saved state beside another text', async () => {
    const env = await make({ path, crop: 5 });
    episode(env, 1);
    writeFileSync(path, line.repeat(39) + line.toUpperCase());
    const other = await make({ path, crop: 5 });
    expect(() => env.load(env.save())).not.toThrow();
    expect(() => other.load(env.save())).not.toThrow(); // the training part is still the same
    writeFileSync(path, line.toUpperCase().repeat(40));
    const changed = await make({ path, crop: 5 });
    expect(() => changed.load(env.save())).toThrow('Cannot load text: it was saved while another text was read');
  });
});
