/** hidden-markov-text: what is known of it exactly, against what is counted and what the best predictor pays. */
import { describe, expect, test } from 'vitest';
import { makeEnv } from '../registry.ts';
import { UnifilarObserver } from '../streams/unifilar-observer.ts';
import { bitsOfOrder, entropyRate, stationary } from '../streams/unifilar-source.ts';
import type { HiddenMarkovText } from '../tasks/hidden-markov-text.ts';
import { emptyResult } from './stream.ts';

const make = async (options: object = {}) =>
  (await makeEnv('hidden-markov-text', { ...options })) as unknown as HiddenMarkovText;

/** `length` characters, as their numbers. */
function read(env: HiddenMarkovText, length: number, seed = 1): Uint8Array {
  const out = emptyResult(env);
  env.resetInto(out, { seed });
  const seen = new Uint8Array(length);
  for (let t = 0; t < length; t++) {
    seen[t] = out.observation.indexOf(1);
    const target = env.value();
    env.stepInto(0, out);
    expect([out.reward, out.observation.indexOf(1)]).toEqual([target, target]);
  }
  return seen;
}

/** Mean and standard error of what each character costs whoever puts `probability` on it; the error is of means of 1000. */
function costOf(text: Uint8Array, probability: (t: number) => number): { mean: number; error: number } {
  const means: number[] = [];
  for (let from = 0; from + 1000 <= text.length; from += 1000) {
    let bits = 0;
    for (let t = from; t < from + 1000; t++) bits -= Math.log2(probability(t)) / 1000;
    means.push(bits);
  }
  const mean = means.reduce((a, b) => a + b, 0) / means.length;
  const square = means.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (means.length - 1);
  return { mean, error: Math.sqrt(square / means.length) };
}

const sources = [{}, { task: 3, symbols: 20, states: 5, memory: 25 }, { task: 1, states: 2, symbols: 5, sharpness: 1 }];

describe.each(sources)('the source %j', async (options) => {
  const env = await make(options);
  const { machine, metadata } = env;
  const { order0, order1, ideal } = metadata.bits!;
  const text = read(env, 200_000);

  test('costs who knows the source, and sees only characters, its entropy rate; one that is off costs more', () => {
    const observer = new UnifilarObserver(machine);
    const uniform = 0.02 / machine.symbols;
    const off = new Float64Array(text.length);
    const best = costOf(text, (t) => {
      const p = observer.probabilities[text[t]!]!;
      off[t] = 0.98 * p + uniform;
      observer.see(text[t]!);
      return p;
    });
    expect(Math.abs(best.mean - ideal!)).toBeLessThan(4 * best.error);
    expect(best.error).toBeLessThan(0.01);
    expect(costOf(text, (t) => off[t]!).mean).toBeGreaterThan(best.mean);
  });

  test('costs who counts characters, or pairs of them, what order 0 and order 1 are said to cost', () => {
    const A = machine.symbols;
    const pairs = new Float64Array(A * A);
    const singles = new Float64Array(A);
    for (let t = 1; t < text.length; t++) {
      pairs[text[t - 1]! * A + text[t]!]!++;
      singles[text[t - 1]!]!++;
    }
    const zero = costOf(text, (t) => singles[text[t]!]! / text.length);
    const one = costOf(text.subarray(1), (t) => pairs[text[t]! * A + text[t + 1]!]! / singles[text[t]!]!);
    expect(Math.abs(zero.mean - order0)).toBeLessThan(4 * zero.error);
    // Fitting A (A - 1) numbers to the text itself gains about as many nats as half of them.
    const gained = (A * (A - 1)) / (2 * Math.LN2 * text.length);
    expect(Math.abs(one.mean + gained - order1)).toBeLessThan(4 * one.error);
  });

  test('has a gap between the orders and the ideal that chance does not explain', () => {
    expect(order0 - order1).toBeGreaterThan(0.01);
    expect(order1 - ideal!).toBeGreaterThan(0.01);
    const bits = [0, 1, 2, 3].map((order) => bitsOfOrder(machine, order));
    expect([...bits].sort((a, b) => b - a)).toEqual(bits);
    expect(bits[3]).toBeGreaterThan(ideal!);
  });

  test('is in a state as often as said, and any capital tells which', () => {
    const { states } = machine;
    const observer = new UnifilarObserver(machine);
    const pi = stationary(machine);
    const counts = new Float64Array(states);
    let seen = 0;
    for (const a of text) {
      observer.see(a);
      if (a < states) expect(observer.belief[a]).toBeCloseTo(1, 12);
      else if (seen > 0) expect(Math.max(...observer.belief)).toBeCloseTo(1, 12); // for ever after
      if (a < states) seen++;
      counts[observer.belief.indexOf(Math.max(...observer.belief))]! += 1 / text.length;
    }
    pi.forEach((p, s) => expect(Math.abs(p - counts[s]!)).toBeLessThan(0.05));
    expect(Math.abs(text.length / seen / ((options as { memory?: number }).memory ?? 10) - 1)).toBeLessThan(0.05);
  });
});

test('the figures of machines that are worked out by hand', () => {
  // The golden mean process: after a 1 comes a 0; else 0 or 1 alike. pi = (2/3, 1/3), h = 2/3; P(1) = 1/3.
  const golden = {
    states: 2,
    symbols: 2,
    emission: Float64Array.of(0.5, 0.5, 1, 0),
    next: Uint8Array.of(0, 1, 0, 0),
  };
  expect([...stationary(golden)].map((p) => p.toFixed(12))).toEqual([(2 / 3).toFixed(12), (1 / 3).toFixed(12)]);
  expect(entropyRate(golden)).toBeCloseTo(2 / 3, 12);
  expect(bitsOfOrder(golden, 0)).toBeCloseTo(Math.log2(3) - 2 / 3, 12);
  expect(bitsOfOrder(golden, 1)).toBeCloseTo(2 / 3, 12);
  // The even process: runs of 1 are of even length. The same states and entropy rate, but no order is enough.
  const even = { ...golden, emission: Float64Array.of(0.5, 0.5, 0, 1) };
  expect(entropyRate(even)).toBeCloseTo(2 / 3, 12);
  expect(bitsOfOrder(even, 1)).toBeGreaterThan(0.8);
  expect(bitsOfOrder(even, 12)).toBeGreaterThan(2 / 3 + 1e-3);
});

test('with memory 1 the latest character is all, with one state nothing is', async () => {
  const chain = (await make({ memory: 1 })).metadata.bits!;
  expect(chain.order1).toBeCloseTo(chain.ideal!, 12);
  expect(chain.order0).toBeGreaterThan(chain.order1 + 0.1);
  const single = (await make({ states: 1 })).metadata.bits!;
  expect(single.order0).toBeCloseTo(single.ideal!, 12);
  const even = (await make({ states: 1, sharpness: 0, memory: 2, symbols: 5 })).metadata.bits!;
  expect(even.ideal).toBeCloseTo(2, 12); // half: A; half: one of 4 letters
});

test('one source for all seeds, another for another task', async () => {
  const [a, b, c] = [await make(), await make(), await make({ task: 1 })];
  a.reset({ seed: 5 });
  expect(a.machine).toEqual(b.machine);
  expect(a.metadata.classes!.join('')).toBe('ABCDabcdefgh');
  expect(c.machine.emission).not.toEqual(a.machine.emission);
});

test('sizes that do not fit are refused', async () => {
  await expect(make({ states: 4, symbols: 4 })).rejects.toThrow(
    'Cannot make hidden-markov-text: 4 states take 5 to 40 symbols, a capital each and letters; got 4',
  );
  expect((await make({ states: 4, symbols: 4, memory: 1 })).metadata.classes).toHaveLength(4);
  await expect(make({ states: 2, symbols: 60 })).rejects.toThrow('2 states take 3 to 38 symbols');
});
