/** Against the real NumPy: golden/make_numpy.py. */
import { describe, expect, test } from 'vitest';
import { EnvError } from '../../errors.ts';
import { Generator } from '../../rng/generator.ts';
import type { Pcg64State } from '../../rng/pcg64.ts';
import { SeedSequence } from '../../rng/seed-sequence.ts';
import { fe, ke, we } from '../../rng/ziggurat-exponential.ts';
import { fi, ki, wi } from '../../rng/ziggurat-tables.ts';
import { readGolden } from '../golden.ts';
import { drawn, mismatch, shuffled, withEntry } from './digests.ts';
import type { Case, Draw } from './digests.ts';

interface Golden {
  readonly seed_words: readonly { entropy: string; key: readonly number[]; words: readonly number[] }[];
  readonly states: readonly Pcg64State[];
  readonly spawned: readonly number[];
  readonly gymnasium: readonly number[];
  readonly cases: readonly Case[];
}
const golden = readGolden<Golden>('numpy-generator');

/** By the name of the call; `args` as in the golden file. */
const calls: Record<string, (g: Generator, args: readonly number[]) => Draw> = {
  random: (g) => () => g.random(),
  standardNormal: (g) => () => g.standardNormal(),
  integers:
    (g, [low, high]) =>
    () =>
      g.integers(low!, high!),
  uniform:
    (g, [low, high]) =>
    () =>
      g.uniform(low!, high!),
  randomFloat32: (g) => () => g.randomFloat32(),
  normal:
    (g, [mean, deviation]) =>
    () =>
      g.normal(mean!, deviation!),
  standardExponential: (g) => () => g.standardExponential(),
  shuffled:
    (g, [n]) =>
    () =>
      shuffled(g, n!),
  permutation:
    (g, [n]) =>
    () =>
      g.permutation(n!),
  choice:
    (g, [n]) =>
    () =>
      g.choice(n!),
  weighted: (g, p) => () => g.choice(p.length, p),
  choose:
    (g, [n, k]) =>
    () =>
      g.choose(n!, k!),
  weightedSample:
    (g, [k, ...p]) =>
    () =>
      g.choose(p.length, k!, p),
  mixed: (g) => () => [
    g.integers(0, 5),
    g.random(),
    g.standardNormal(),
    ...g.permutation(4),
    g.randomFloat32(),
    g.integers(0, 2 ** 40),
    ...g.choose(9, 2),
  ],
};
const drawsOf = ({ call, args }: Case, seed: string): Float64Array => drawn(calls[call]!(new Generator(seed), args));

describe('Generator', () => {
  test.each(golden.cases)("$call($args), seed $seed: 200,000 draws are NumPy's", (recorded) => {
    expect(mismatch(drawsOf(recorded, recorded.seed), recorded)).toBeNull();
  });

  test('another seed draws other numbers, of every call', () => {
    for (const recorded of golden.cases.slice(-11)) {
      expect(mismatch(drawsOf(recorded, '2'), recorded)).not.toBeNull();
    }
  });

  test('a last digit that is wrong in a table of the ziggurats is found', () => {
    const find = (call: string): Case => golden.cases.find((recorded) => recorded.call === call)!;
    const [normal, exponential] = [find('standardNormal'), find('standardExponential')];
    const failsWith = (table: Float64Array, recorded: Case, wrong?: number): void => {
      expect(withEntry(table, 100, () => mismatch(drawsOf(recorded, recorded.seed), recorded), wrong)).not.toBeNull();
    };
    failsWith(wi, normal);
    failsWith(we, exponential);
    // Places and heights only decide: one that is a digit off shows where a draw falls into the gap, one in 2^50.
    for (const table of [ki, fi]) failsWith(table, normal, 0);
    for (const table of [ke, fe]) failsWith(table, exponential, 0);
    expect(mismatch(drawsOf(normal, normal.seed), normal)).toBeNull();
  });

  test('takes 32 bits from the low half of an output, keeps the high half, and holds the state that NumPy holds', () => {
    const g = new Generator(9);
    g.integers(0, 10);
    expect(g.save()).toEqual(golden.states[0]);
    g.integers(0, 10);
    g.random();
    expect(g.save()).toEqual({ ...golden.states[1], half: null });
    expect(g.save()).not.toEqual(golden.states[0]);
  });

  test('continues from what was saved, a kept half included, and from nothing else', () => {
    const g = new Generator(3);
    g.integers(0, 10);
    const saved: unknown = JSON.parse(JSON.stringify(g.save()));
    const rest = Array.from({ length: 20 }, () => [g.integers(0, 1000), g.random()]);
    const other = new Generator(4);
    other.restore(saved);
    expect(Array.from({ length: 20 }, () => [other.integers(0, 1000), other.random()])).toEqual(rest);
    for (const junk of [
      null,
      {},
      { ...(saved as object), half: 1.5 },
      { ...(saved as object), increment: [2, 0, 0, 0] },
    ]) {
      expect(() => g.restore(junk)).toThrow('Cannot restore an Rng');
    }
  });

  test("is Gymnasium's np_random", () => {
    const g = new Generator(11);
    expect(golden.gymnasium.map(() => g.random())).toEqual(golden.gymnasium);
    expect(new Generator(12).random()).not.toBe(golden.gymnasium[0]);
  });

  test.each([
    ['integers', (g: Generator) => g.integers(3, 3), 'needs integers low < high, got 3 and 3'],
    ['integers', (g: Generator) => g.integers(0.5, 3), 'got 0.5 and 3'],
    ['choose', (g: Generator) => g.choose(3, 4), 'Cannot choose 4 of 3 without replacement'],
    ['choose', (g: Generator) => g.choose(3, 2, [0, 1, 0]), 'fewer have a probability above 0'],
  ])('%s refuses what cannot be drawn, in one line', (_, draw, message) => {
    expect(() => draw(new Generator(1))).toThrow(EnvError);
    expect(() => draw(new Generator(1))).toThrow(message);
  });
});

describe('SeedSequence', () => {
  test('hashes seeds of any size, and keys, into the words of NumPy', () => {
    for (const { entropy, key, words } of golden.seed_words) {
      expect([...new SeedSequence(entropy, key).generateState(10)]).toEqual(words);
      expect([...new SeedSequence(BigInt(entropy), key).generateState(10)]).toEqual(words);
      expect([...new SeedSequence(BigInt(entropy) + 1n, key).generateState(10)]).not.toEqual(words);
    }
  });

  test('has the children that NumPy gives it', () => {
    const child = new SeedSequence(5).spawn(2)[1]!.spawn(1)[0]!;
    const g = new Generator(child);
    expect(golden.spawned.map(() => g.random())).toEqual(golden.spawned);
    const parent = new SeedSequence(5);
    expect([parent.spawn(1), parent.spawn(1)].flat().map(({ spawnKey }) => spawnKey)).toEqual([[0], [1]]);
  });

  test.each([-1, 1.5, Number.NaN, 2 ** 53, '', '-1', '0x10', 'seven', '1/env', -1n])('refuses the seed %s', (seed) => {
    expect(() => new SeedSequence(seed)).toThrow(EnvError);
    expect(() => new SeedSequence(seed)).toThrow('the seed must be a non-negative integer');
  });
});
