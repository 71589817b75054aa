import fc from 'fast-check';
import { expect, test } from 'vitest';
import { editDistance, nearest, suggest } from '../nearest.ts';

test('edit distance counts insertions, deletions, replacements and swaps of neighbours', () => {
  expect(editDistance('', 'abc')).toBe(3);
  expect(editDistance('abc', 'abc')).toBe(0);
  expect(editDistance('abc', 'acb')).toBe(1);
  expect(editDistance('kitten', 'sitting')).toBe(3);
});

test('edit distance is symmetric, zero for equals only, and at most the longer length', () => {
  const word = fc.string({ maxLength: 8 });
  fc.assert(
    fc.property(word, word, (a, b) => {
      expect(editDistance(a, b)).toBe(editDistance(b, a));
      expect(editDistance(a, b) === 0).toBe(a === b);
      expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
    }),
  );
});

test('the nearest name is found through a typo, and none where nothing is close', () => {
  const known = ['trace-conditioning', 'trace-patterning', 'cycle-world'];
  expect(nearest('trace-paterning', known)).toBe('trace-patterning');
  expect(nearest('CycleWorld', known)).toBe('cycle-world');
  expect(nearest('atari', known)).toBe(null);
  expect(nearest('x', [])).toBe(null);
});

test('a suggestion lists what is known', () => {
  expect(suggest('snap-1', ['rtrl', 'snap'])).toBe('did you mean "snap"? Known: rtrl, snap');
  expect(suggest('zzz', ['rtrl', 'snap'])).toBe('known: rtrl, snap');
});
