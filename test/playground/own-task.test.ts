/** A visitor's own lines: what they give, what they may not, and what is said where they fail. */
import { describe, expect, it } from 'vitest';
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
      /^Your own lines failed: line 2: Unexpected token/,
    ],
    ['no next', 'let a = 1;', /there is no function next\(random\)/],
    ['an error at the start', 'const a = nothing.there; function next() {}', /line 1: nothing is not defined/],
    [
      'an error in a step',
      'let t = 0; function next() { return t++ < 9 ? { see: [1] } : nothing; }',
      /nothing is not defined/,
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

  it('who is slow later: what is there is lived, then it is said', { timeout: 3 * PATIENCE }, async () => {
    let asked = 0;
    const batch = { see: new Float64Array(3), reward: new Float64Array(3), end: new Uint8Array(3) };
    const tired: StartOwn = (_, hear) => {
      queueMicrotask(() => hear({ begun: true }));
      return { post: () => void (asked++ === 0 && queueMicrotask(() => hear(batch))), end: () => undefined };
    };
    const { env, ready } = await begin('', 0, tired);
    await new Promise((turn) => setTimeout(turn, PATIENCE + 100));
    expect(ready()).toBe(3);
    env.reset();
    env.step(0);
    env.step(0);
    expect(ready).toThrow('no step came within 2 s');
  });
});
