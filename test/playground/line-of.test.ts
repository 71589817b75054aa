/** Stacks as browsers write them. */
import { describe, expect, it } from 'vitest';
import { lineOf } from '../../src/playground/line-of.ts';

const URL = 'blob:http://127.0.0.1:8899/6c9b1c5e-7a70-4d0e-b0ef-1d4f8a0cbb53';
const chromium = (message: string, ...places: string[]): string =>
  [`Error: ${message}`, ...places.map((place) => `    at ${place}`)].join('\n');
const firefox = (...places: string[]): string => [...places, ''].join('\n');

describe('the line of an error', () => {
  it('is the innermost of the visitor, in Chromium', () => {
    const stack = chromium(
      'oops',
      `inner (${URL}:6:9)`,
      'Array.map (<anonymous>)',
      `next (${URL}:3:14)`,
      `${URL}:20:22`,
    );
    expect(lineOf(stack, 'oops', 6)).toBe(5);
    expect(lineOf(stack, 'oops', 4)).toBe(2); // line 6 would be after theirs
  });

  it('is the innermost of the visitor, in Firefox and Safari', () => {
    const stack = firefox(`inner@${URL}:6:9`, `next@${URL}:3:14`, `@${URL}:20:22`);
    expect(lineOf(stack, 'oops', 6)).toBe(5);
    expect(lineOf(firefox('map@[native code]', `next@${URL}:3:14`), 'oops', 6)).toBe(2);
  });

  it('is none where what threw is not theirs', () => {
    expect(lineOf(chromium('next() must return', `${URL}:20:22`), 'next() must return', 6)).toBeNull();
    expect(lineOf(firefox(`random@${URL}:1:900`), 'oops', 6)).toBeNull();
    expect(lineOf('', 'oops', 6)).toBeNull();
  });

  it('is not taken from what the message says', () => {
    const message = `no\n    at next (${URL}:4:1)`;
    expect(lineOf(chromium(message, `next (${URL}:3:14)`), message, 6)).toBe(2);
  });
});
