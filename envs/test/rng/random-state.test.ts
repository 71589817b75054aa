/** Against the real NumPy: golden/make_numpy.py. */
import { describe, expect, test } from 'vitest';
import { EnvError } from '../../errors.ts';
import { inverseAndLog } from '../../rng/log-tables.ts';
import { RandomState } from '../../rng/random-state.ts';
import { readGolden } from '../golden.ts';
import { drawn, mismatch, sha256, shuffled, withEntry } from './digests.ts';
import type { Case, Draw } from './digests.ts';

interface Golden {
  readonly state: { readonly key_sha256: string; readonly used: number; readonly gauss: number };
  readonly cases: readonly Case[];
}
const golden = readGolden<Golden>('numpy-random-state');

/** By the name of the call; `args` as in the golden file. */
const calls: Record<string, (r: RandomState, args: readonly number[]) => Draw> = {
  rand: (r) => () => r.rand(),
  randn: (r) => () => r.randn(),
  randint:
    (r, [low, high]) =>
    () =>
      r.randint(low!, high!),
  uniform:
    (r, [low, high]) =>
    () =>
      r.uniform(low!, high!),
  normal:
    (r, [mean, deviation]) =>
    () =>
      r.normal(mean!, deviation!),
  shuffled:
    (r, [n]) =>
    () =>
      shuffled(r, n!),
  permutation:
    (r, [n]) =>
    () =>
      r.permutation(n!),
  choice:
    (r, [n]) =>
    () =>
      r.choice(n!),
  weighted: (r, p) => () => r.choice(p.length, p),
  choose:
    (r, [n, k]) =>
    () =>
      r.choose(n!, k!),
  weightedSample:
    (r, [k, ...p]) =>
    () =>
      r.choose(p.length, k!, p),
  binomial:
    (r, [n, p]) =>
    () =>
      r.binomial(n!, p!),
  mixed: (r) => () => [
    r.randint(0, 5),
    r.rand(),
    r.randn(),
    ...r.permutation(4),
    r.binomial(1, 0.5),
    r.randint(0, 2 ** 40),
    ...r.choose(9, 2),
  ],
};
const drawsOf = ({ call, args }: Case, seed: string): Float64Array => drawn(calls[call]!(new RandomState(seed), args));

describe('RandomState', () => {
  test.each(golden.cases)("$call($args), seed $seed: 200,000 draws are NumPy's", (recorded) => {
    expect(mismatch(drawsOf(recorded, recorded.seed), recorded)).toBeNull();
  });

  test('another seed draws other numbers, of every call', () => {
    for (const recorded of golden.cases.slice(-11)) {
      expect(mismatch(drawsOf(recorded, '2'), recorded)).not.toBeNull();
    }
  });

  test('a last digit that is wrong in the table of the logarithm is found', () => {
    const normals = golden.cases.find(({ call }) => call === 'randn')!;
    expect(withEntry(inverseAndLog, 41, () => mismatch(drawsOf(normals, normals.seed), normals))).toMatch('differs');
  });

  test('holds the state that NumPy holds, a kept normal included', () => {
    const r = new RandomState(9);
    for (let i = 0; i < 700; i++) r.rand();
    r.randn();
    const { key, used, gauss } = r.save();
    expect([sha256(key), used, gauss]).toEqual([golden.state.key_sha256, golden.state.used, golden.state.gauss]);
    r.randn();
    expect(r.save().gauss).toBeNull();
  });

  test('continues from what was saved, a kept normal included, and from nothing else', () => {
    const r = new RandomState(3);
    r.randn();
    const saved: unknown = JSON.parse(JSON.stringify(r.save()));
    const rest = Array.from({ length: 700 }, () => [r.randn(), r.randint(0, 1000)]);
    const other = new RandomState(4);
    other.restore(saved);
    expect(Array.from({ length: 700 }, () => [other.randn(), other.randint(0, 1000)])).toEqual(rest);
    for (const junk of [
      null,
      {},
      { ...(saved as object), used: 625 },
      { ...(saved as object), gauss: 'x' },
      { gauss: 1 },
    ]) {
      expect(() => r.restore(junk)).toThrow('Cannot restore an Rng');
    }
  });

  test.each([
    ['seeds beyond 32 bits', () => new RandomState(2 ** 32), 'its seeds are 0 to 4294967295, got 4294967296'],
    ['seeds that are no integers', () => new RandomState('7/env'), 'must be a non-negative integer'],
    ['empty ranges', () => new RandomState(1).randint(3, 3), 'needs integers low < high, got 3 and 3'],
    ['large binomials', () => new RandomState(1).binomial(100, 0.5), 'n min(p, 1 - p) <= 30'],
    ['probabilities beyond 1', () => new RandomState(1).binomial(1, 1.1), 'needs p in [0, 1]'],
  ])('refuses %s, in one line', (_, act, message) => {
    expect(act).toThrow(EnvError);
    expect(act).toThrow(message);
  });
});
