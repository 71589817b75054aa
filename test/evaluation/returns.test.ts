/** Streamed returns against the obvious sum, prediction by prediction. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { returnStream } from '../../src/evaluation/returns.ts';

interface Moment {
  readonly c: number;
  readonly gamma: number;
  readonly start: boolean;
}
type Released = [time: number, prediction: number, target: number];

/** Of every prediction G_t = sum_k c_{t+k} prod gamma, within its episode; null where more than 1e-6 of mass is left. */
function obvious(life: readonly Moment[]): { target: number | null; whole: number }[] {
  return life.map((_, t) => {
    let [whole, mass] = [0, 1];
    for (let k = t + 1; k < life.length && !life[k]!.start; k++) {
      whole += mass * life[k]!.c;
      mass *= life[k]!.gamma;
    }
    return { target: mass <= 1e-6 ? whole : null, whole };
  });
}

function stream(life: readonly Moment[], capacity: number, saveAt = -1): Released[] {
  const released: Released[] = [];
  const release = (...one: Released): number => released.push(one);
  let returns = returnStream(release, capacity);
  life.forEach(({ c, gamma, start }, t) => {
    if (t === saveAt) {
      const saved = JSON.parse(JSON.stringify(returns.save())) as number[];
      returns = returnStream(release, 1024);
      returns.load(saved);
    }
    returns.push(t, 10 * t, c, gamma, start);
  });
  returns.finish();
  return released;
}

const moments = fc.array(
  fc.record({
    c: fc.double({ min: -5, max: 5, noNaN: true }),
    gamma: fc.constantFrom(0, 0.3, 0.6, 0.9),
    start: fc.integer({ min: 0, max: 15 }).map((n) => n === 0),
  }),
  { maxLength: 300 },
);

describe('streamed returns', () => {
  it('are the sums of what followed, for any cumulants, discounts and starts', () => {
    const property = fc.property(moments, fc.constantFrom(1, 2, 5, 64, 1024), (life, capacity) => {
      const truth = obvious(life);
      const expected = truth.flatMap(({ target }, t) => (target === null ? [] : [t]));
      const released = stream(life, capacity);
      expect(released.map(([t]) => t)).toEqual(expected); // each once, in order
      const bound = 1e-6 * Math.max(1, ...truth.map(({ whole }) => Math.abs(whole)));
      for (const [t, v, G] of released) {
        expect(v).toBe(10 * t);
        expect(Math.abs(G - truth[t]!.target!)).toBeLessThanOrEqual(bound);
      }
    });
    fc.assert(property, { numRuns: 200 });
  });

  it('are the same after a save and a load anywhere', () => {
    const property = fc.property(moments, fc.nat(300), fc.constantFrom(2, 5, 64), (life, saveAt, capacity) => {
      expect(stream(life, capacity, saveAt)).toEqual(stream(life, capacity));
    });
    fc.assert(property, { numRuns: 100 });
  });

  it('are the same to the bit after a save where they wait longer than the memory is large', () => {
    const life = Array.from({ length: 900 }, (_, t): Moment => ({ c: Math.sin(t), gamma: 0.9, start: t === 0 }));
    const whole = stream(life, 64);
    for (const saveAt of [30, 130, 333, 700]) expect(stream(life, 64, saveAt)).toEqual(whole);
    expect(stream(life, 100)).not.toEqual(whole); // swept at other times: equal within 1e-6 alone
  });

  it('would be told apart from returns with one discount off', () => {
    const life: Moment[] = Array.from({ length: 40 }, (_, t) => ({ c: t % 3, gamma: 0.5, start: t === 0 }));
    const off = life.map((m, t) => (t === 20 ? { ...m, gamma: 0.50001 } : m));
    const [a, b] = [stream(life, 8), stream(off, 8)];
    expect(Math.abs(b[19]![2] - a[19]![2])).toBeGreaterThan(2e-6);
  });
});

describe('the tail', () => {
  const endless = (length: number, gamma: number): Moment[] =>
    Array.from({ length }, (_, t) => ({ c: 1, gamma, start: t === 0 }));

  it('is dropped where a truncation leaves more than 1e-6 of the mass', () => {
    const cut = [...endless(10, 0.5), ...endless(30, 0.5)];
    // .5^20 < 1e-6: of the first ten none is left, of the other thirty the first ten.
    expect(stream(cut, 1024).map(([t]) => t)).toEqual(Array.from({ length: 10 }, (_, i) => 10 + i));
  });

  it('is kept where the episode terminated, but for the prediction made after the end', () => {
    const terminated = [...endless(10, 0.9).slice(0, 9), { c: 1, gamma: 0, start: false }, ...endless(2, 0.9)];
    const released = stream(terminated, 1024);
    expect(released.map(([t]) => t)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(released.at(-1)![2]).toBe(1);
    expect(released[0]![2]).toBeCloseTo((1 - 0.9 ** 9) / 0.1, 12);
  });

  it('is bounded: where nothing is ever discounted, the oldest predictions go unscored', () => {
    const returns: number[] = [];
    const scored = returnStream((t) => returns.push(t), 1 << 20);
    const steps = 1_200_000;
    for (let t = 0; t < steps; t++) scored.push(t, 0, 0, 1, t === 0);
    expect(scored.save().length).toBeLessThan(4 * 1_100_000);
    scored.push(steps, 0, 1, 0, false);
    scored.finish();
    expect(returns[0]).toBe(1 << 19);
    expect(returns.at(-1)).toBe(steps - 1);
  });
});

it('memory grows until what waits fits in, and then no further', () => {
  const returns = returnStream(() => undefined, 4);
  let most = 0;
  for (let t = 0; t < 20_000; t++) {
    returns.push(t, 0, 1, 0.99, t === 0);
    if (t % 50 === 0) most = Math.max(most, returns.save().length / 4);
  }
  // .99^1375 = 1e-6: that many always wait.
  expect(most).toBeGreaterThan(1375);
  expect(most).toBeLessThan(4 * 1375);
});
