/** A visitor's own lines: what they give, what they may not, and what is said where they fail. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type OwnTask, PATIENCE, startOwn, type StartOwn } from '../../src/playground/own-task.ts';
import { inContext } from './driven.ts';

const begin = (code: string, seed = 0, start: StartOwn = inContext): Promise<OwnTask> =>
  startOwn({ code, seed, discount: 0.9 }, start, () => undefined);
const rewards = async (code: string, seed = 0): Promise<number[]> => {
  const { env } = await begin(code, seed);
  env.reset();
  return Array.from({ length: 5 }, () => env.step(0)[1]);
};

describe('own lines', () => {
  it('make an environment of one step after the other', async () => {
    const { env, ready } = await begin(
      'let t = 0; const next = () => ({ see: [t, -t], reward: t++, end: t % 4 === 0 });',
    );
    expect(ready()).toBeGreaterThan(1000);
    expect(env.reset()[0]).toEqual(Float64Array.of(0, -0));
    expect(env.step(0).slice(0, 4)).toEqual([Float64Array.of(1, -1), 1, false, false]);
    expect(env.step(0)[2]).toBe(false);
    expect(env.step(0)[2]).toBe(true);
    expect(env.reset()[0]).toEqual(Float64Array.of(4, -4));
  });

  it('draw the same numbers for the same seed, others for another', async () => {
    const draws = 'function next(random) { return { see: 1, reward: random() + Math.random() }; }';
    expect(await rewards(draws, 1)).toEqual(await rewards(draws, 1));
    expect(await rewards(draws, 1)).not.toEqual(await rewards(draws, 2));
    expect((await rewards(draws)).every((x) => x >= 0 && x < 2)).toBe(true);
  });

  it('find no network, no storage and no way to their host', async () => {
    const names = ['fetch', 'importScripts', 'indexedDB', 'postMessage', 'addEventListener', 'performance'];
    const seen = (name: string) => `const next = () => ({ see: [0], reward: typeof ${name} === 'undefined' ? 0 : 1 });`;
    for (const name of names) expect(await rewards(seen(name)), name).toEqual([0, 0, 0, 0, 0]);
    for (const name of ['Math', 'Float64Array', 'JSON'])
      expect(await rewards(seen(name)), name).toEqual([1, 1, 1, 1, 1]);
    await expect(begin('self.fetch = 1; fetch(); function next() {}')).rejects.toThrow();
  });
});

describe('where they fail', () => {
  const failures: [what: string, code: string, words: RegExp][] = [
    [
      'bad syntax, with its line',
      'let a = 1;\nlet b = ;\nfunction next() {}',
      /^Your own lines failed: line 2: SyntaxError: Unexpected token/,
    ],
    [
      'a bracket left open, with the last line',
      'let t = 0;\nfunction next() {\n  t++;',
      /^Your own lines failed: line 3: SyntaxError: .*; is a bracket left open\?$/,
    ],
    ['no next', 'let a = 1;', /^Your own lines failed: there is no function next\(random\)/],
    [
      'an error at the start, with its line',
      'const a = nothing.there; function next() {}',
      /line 1: ReferenceError: nothing is not defined/,
    ],
    [
      'an error in a step, with its line',
      'let t = 0;\nfunction next() {\n  return t++ < 9 ? { see: [1] } : nothing;\n}',
      /^Your own lines failed: line 3: nothing is not defined/,
    ],
    [
      'an error of a function that next calls, with the line that threw',
      'function next() {\n  return [1].map(inner)[0];\n}\n\nfunction inner() {\n  throw new Error("at own:1:1");\n}',
      /line 6: at own:1:1$/,
    ],
    ['no step', 'function next() { return 3; }', /next\(\) must return/],
    ['no number', 'function next() { return { see: [1], reward: "much" }; }', /reward is no finite number/],
    [
      'other lengths',
      'let n = 1; function next() { return { see: Array(n++).fill(0) }; }',
      /see has 2 numbers, and had 1/,
    ],
    ['too much to see', 'function next() { return { see: Array(999).fill(0) }; }', /1 to 256 numbers, and holds 999/],
    ['nothing to see', 'function next() { return { see: [] }; }', /1 to 256 numbers/],
    ['an end without a start', '}); (() => {', /Your own lines failed/],
  ];
  it.each(failures)('%s is said in one line', async (_, code, words) => {
    const error = await begin(code).then(
      () => null,
      (reason: Error) => reason,
    );
    expect(error?.message).toMatch(words);
    expect(error?.message).not.toContain('\n');
  });

  it('a stranger in their place is not believed', async () => {
    for (const message of [
      null,
      7,
      { see: [1] },
      { see: new Float64Array(3), reward: new Float64Array(2), end: new Uint8Array(2) },
    ]) {
      const liar: StartOwn = (_, hear) => {
        queueMicrotask(() => hear(message));
        return { post: () => undefined, end: () => undefined };
      };
      await expect(begin('', 0, liar)).rejects.toThrow('Your own lines failed');
    }
  });

  it('who does not answer is ended', { timeout: 3 * PATIENCE }, async () => {
    let ended = false;
    const deaf: StartOwn = (_, hear) => {
      queueMicrotask(() => hear({ begun: true }));
      return { post: () => undefined, end: () => (ended = true) };
    };
    await expect(begin('', 0, deaf)).rejects.toThrow('no step came within 2 s');
    expect(ended).toBe(true);
  });

  describe('on a slow machine', () => {
    beforeEach(() => void vi.useFakeTimers());
    afterEach(() => void vi.useRealTimers());
    const batch = { see: new Float64Array(3), reward: new Float64Array(3), end: new Uint8Array(3) };
    /** Says so much, at such times. */
    const at =
      (times: readonly (readonly [milliseconds: number, message: unknown])[]): StartOwn =>
      (_, hear) => {
        for (const [milliseconds, message] of times) setTimeout(() => hear(message), milliseconds);
        return { post: () => undefined, end: () => undefined };
      };
    const outcome = async (start: StartOwn): Promise<string> => {
      const begun = begin('', 0, start).then(
        () => 'lives',
        (error: Error) => error.message,
      );
      await vi.advanceTimersByTimeAsync(60_000);
      return begun;
    };

    it('their worker may take long to load: the clock runs from when it is there', async () => {
      const late: [number, unknown][] = [
        [15_000, { loaded: true }],
        [15_000 + PATIENCE - 10, { begun: true }],
        [15_000 + 2 * PATIENCE - 20, batch],
      ];
      expect(await outcome(at(late))).toBe('lives');
    });

    it('one that never loads, or never begins, is told apart', async () => {
      expect(await outcome(at([]))).toBe('Your own lines failed: they were not loaded within 20 s');
      expect(await outcome(at([[0, { loaded: true }]]))).toContain(
        'they did not begin within 2 s; does a loop outside next()',
      );
    });

    it('an answer that waits behind a late clock counts', async () => {
      const behind: [number, unknown][] = [
        [0, { loaded: true }],
        [PATIENCE + 100, { begun: true }],
        [PATIENCE + 200, batch],
      ];
      expect(await outcome(at(behind))).toBe('lives');
    });
  });

  it('who is slow later: what is there is lived, then it is said', { timeout: 3 * PATIENCE }, async () => {
    let asked = 0;
    const batch = { see: new Float64Array(3), reward: new Float64Array(3), end: new Uint8Array(3) };
    const tired: StartOwn = (_, hear) => {
      queueMicrotask(() => hear({ begun: true }));
      return { post: () => void (asked++ === 0 && queueMicrotask(() => hear(batch))), end: () => undefined };
    };
    const { env, ready } = await begin('', 0, tired);
    await new Promise((turn) => setTimeout(turn, PATIENCE + 500));
    expect(ready()).toBe(3);
    env.reset();
    env.step(0);
    env.step(0);
    expect(ready).toThrow('no step came within 2 s');
  });
});
