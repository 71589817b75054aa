import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sameSpace } from '../spaces.ts';
import { again, copy, flat, place, seen, space } from './example/spaces.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

test('README shows the spaces that the tests run, word for word, and they do what it says', () => {
  const example = read('./example/spaces.ts').replaceAll('../../index.ts', '@rl-tools/envs');
  expect(read('../README.md')).toContain(`\`\`\`ts\n${example}\`\`\``);
  expect(space.keys).toEqual(['colour', 'keys', 'place', 'word']);
  expect(flat).toHaveLength(11);
  expect([seen.colour === 1, seen.keys[1], [...seen.word].length]).toEqual([false, 1, 3]);
  expect(again).toEqual(seen);
  expect(again).not.toEqual({ ...seen, colour: 1 });
  expect(place).toBe(seen.place);
  expect(sameSpace(copy, space)).toBe(true);
});
