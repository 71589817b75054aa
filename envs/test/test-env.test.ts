import { describe, expect, it, test } from 'vitest';
import { checkRules } from '../check.ts';
import { testEnv } from '../check/vitest.ts';
import { Corridor } from './example/corridor.ts';
import { FineEnv } from './fine-env.ts';

testEnv(() => new Corridor(), { describe, it, expect }, { name: 'the corridor', strict: true });

/** The names of the tests that fail, as another runner would see them. */
function failures(make: () => FineEnv, strict = false): string[] {
  const failed: string[] = [];
  const run = (name: string, body: () => void): void => {
    try {
      body();
    } catch {
      failed.push(name);
    }
  };
  testEnv(make, { describe: (_, body) => body(), it: run, expect }, { strict });
  return failed;
}

test('the tests that fail are the rules that are broken; warnings fail where that is asked for', () => {
  expect(failures(() => new FineEnv(), true)).toEqual([]);
  expect(failures(() => Object.assign(new FineEnv(), { render: () => 7 as never }))).toEqual(['render']);
  const legacy = (): FineEnv => Object.assign(new FineEnv(), { seed: () => 0 });
  expect(failures(legacy)).toEqual([]);
  expect(failures(legacy, true)).toEqual(['legacy']);
});

test('rules that a broken one leaves untried fail', () => {
  const shared = new FineEnv();
  expect(failures(() => shared)).toEqual(checkRules);
});
