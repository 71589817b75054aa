/** mu <- beta mu + (1 - beta) x;  var <- max(floor, beta var + (1 - beta)(x - mu)^2);  out = (x - mu) / sqrt(var) */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliser } from '../src/normaliser.ts';
import { carry, get } from './support/arrays.ts';

const of = (rate: number, floor = 0.01, size = 1) => {
  const made = normaliser(size, { rate, floor });
  return { made, out: (x: number[], learn = true) => step(made, x, learn) };
};

function step(made: ReturnType<typeof normaliser>, x: readonly number[], learn: boolean): number[] {
  const out = new Float64Array(x.length);
  made.step(Float64Array.from(x), out, learn);
  return [...out];
}

describe('the normaliser', () => {
  it('gives the numbers worked by hand', () => {
    const { made, out } = of(0.75);
    // mu = .25 * 4 = 1, var = .75 + .25 * 9 = 3
    expect(out([4])[0]).toBeCloseTo(3 / Math.sqrt(3), 12);
    // mu = .75 - .25 * 1 = .5, var = .75 * 3 + .25 * 2.25 = 2.8125
    expect(out([-1])[0]).toBeCloseTo(-1.5 / Math.sqrt(2.8125), 12);
    expect(get(made, 'mean')).toEqual([0.5]);
    expect(get(made, 'variance')).toEqual([2.8125]);
    expect(made.scale[0]).toBeCloseTo(1 / Math.sqrt(2.8125), 12);
  });

  it('never lets the variance fall below its floor', () => {
    const { made, out } = of(0.5, 0.25);
    for (let t = 0; t < 50; t++) out([3]);
    expect(get(made, 'variance')).toEqual([0.25]);
    expect(out([4], false)[0]).toBeCloseTo(2, 6); // (4 - 3) / sqrt(.25)
    const lower = of(0.5, 1e-9);
    for (let t = 0; t < 50; t++) lower.out([3]);
    expect(get(lower.made, 'variance')[0]).toBeLessThan(0.25);
  });

  it('is off at a rate of 1', () => {
    const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { maxLength: 20 });
    const property = fc.property(values, (xs) => {
      const { out } = of(1);
      return xs.every((x) => out([x])[0] === x);
    });
    fc.assert(property);
    expect(of(0.99).out([1])[0]).not.toBe(1);
  });

  it('keeps the statistics of frozen entries for good, and only theirs', () => {
    const { made, out } = of(0.5, 0.01, 3);
    out([1, 2, 3]);
    made.freeze(0, 2);
    const mean = get(made, 'mean');
    out([9, 9, 9]);
    expect(get(made, 'mean').slice(0, 2)).toEqual(mean.slice(0, 2));
    expect(get(made, 'mean')[2]).not.toBe(mean[2]);
    const twin = of(0.5, 0.01, 3);
    carry(made, twin.made); // what is frozen stays so through a checkpoint
    expect(twin.out([5, 5, 5])).toEqual(out([5, 5, 5]));
    expect(get(twin.made, 'mean')).toEqual(get(made, 'mean'));
  });

  it('learns nothing when told not to, and forgets nothing at a reset', () => {
    const { made, out } = of(0.9);
    out([2]);
    const before = get(made, 'mean');
    out([50], false);
    made.reset();
    expect(get(made, 'mean')).toEqual(before);
    out([50]);
    expect(get(made, 'mean')).not.toEqual(before);
  });
});
