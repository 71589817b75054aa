import { expect, test } from 'vitest';
import { EnvError } from '../errors.ts';

/** Every row must throw an EnvError of one line that contains the words. */
export function refuses(rows: readonly (readonly [name: string, act: () => unknown, words: string])[]): void {
  test.each(rows)('refuses %s in one line', (_, act, words) => {
    expect(act).toThrow(EnvError);
    expect(act).toThrow(words);
    expect(act).not.toThrow('\n');
  });
}
