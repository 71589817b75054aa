/** The arithmetic of an audit, by hand. */
import { describe, expect, it } from 'vitest';
import { all, type Meter, paramGroups, pooled, stepMeans } from '../../src/audit/alignment.ts';
import { createCell } from '../oracle/problem.ts';
import { syntheticCell, tied } from '../oracle/synthetic-cell.ts';

const vector = (...values: number[]): Float64Array => Float64Array.from(values);
const everything = (length: number): Int32Array => Int32Array.from({ length }, (_, i) => i);

describe('means over steps', () => {
  it('are the cosine, the relative error and the ratio of norms', () => {
    const meter = stepMeans(everything(2));
    meter.add(vector(3, 4), vector(4, 3)); // a.g = 24, |a| = |g| = 5, |a - g| = sqrt 2
    const one = meter.take();
    expect(one.cosine).toBeCloseTo(24 / 25, 14);
    expect(one.relativeError).toBeCloseTo(Math.SQRT2 / 5, 14);
    expect(one).toMatchObject({ normRatio: 1, steps: 1 });
    meter.add(vector(3, 4), vector(4, 3));
    meter.add(vector(0, -2), vector(0, 1)); // -1, 3, 2
    const two = meter.take();
    expect(two.cosine).toBeCloseTo((24 / 25 - 1) / 2, 14);
    expect(two.relativeError).toBeCloseTo((Math.SQRT2 / 5 + 3) / 2, 14);
    expect(two).toMatchObject({ normRatio: 1.5, steps: 2 });
  });

  it('look at their own parameters alone', () => {
    const meter = stepMeans(Int32Array.of(1, 3));
    meter.add(vector(9, 1, 9, 0), vector(-9, 1, 0, 0));
    expect(meter.take()).toEqual({ cosine: 1, relativeError: 0, normRatio: 1, steps: 1 });
  });

  it('leave out a step without a reference, and count a gradient of zero as wrong', () => {
    const meter = stepMeans(everything(2));
    meter.add(vector(1, 1), vector(0, 0));
    meter.add(vector(0, 0), vector(2, 0));
    expect(meter.take()).toEqual({ cosine: 0, relativeError: 1, normRatio: 0, steps: 1 });
    meter.add(vector(1, 1), vector(0, 0));
    expect(meter.take()).toEqual({ cosine: NaN, relativeError: NaN, normRatio: NaN, steps: 0 });
  });

  it('say of a gradient that is no number that it is none', () => {
    const meter = stepMeans(everything(2));
    meter.add(vector(NaN, 1), vector(1, 1));
    expect(meter.take()).toEqual({ cosine: NaN, relativeError: NaN, normRatio: NaN, steps: 1 });
  });

  it('begin anew once they are taken', () => {
    const meter = stepMeans(everything(1));
    meter.add(vector(-1), vector(1));
    meter.take();
    meter.add(vector(1), vector(1));
    expect(meter.take()).toMatchObject({ cosine: 1, steps: 1 });
  });
});

describe('numbers along a direction', () => {
  const take = (meter: Meter, pairs: [a: number[], g: number[]][]) => {
    for (const [a, g] of pairs) meter.add(vector(...a), vector(...g));
    return meter.take();
  };

  it('are summed over steps before they are compared', () => {
    const one = take(pooled(Int32Array.of(0)), [
      [[1], [2]],
      [[3], [2]],
    ]); // sums: aa 10, gg 8, ag 8, dd 2
    expect(one.cosine).toBeCloseTo(8 / Math.sqrt(80), 14);
    expect(one.relativeError).toBeCloseTo(0.5, 14);
    expect(one.normRatio).toBeCloseTo(Math.sqrt(10 / 8), 14);
    expect(one.steps).toBe(2);
  });

  it('of several groups are added to one', () => {
    const both = take(pooled(Int32Array.of(0, 1)), [
      [
        [1, 3],
        [5, -1],
      ],
    ]);
    expect(both).toEqual({ cosine: 1, relativeError: 0, normRatio: 1, steps: 1 });
    const second = take(pooled(Int32Array.of(1)), [
      [
        [1, 3],
        [5, -1],
      ],
    ]);
    expect(second).toEqual({ cosine: -1, relativeError: 4, normRatio: 3, steps: 1 });
  });

  it('leave out a step at which the reference is zero', () => {
    expect(take(pooled(Int32Array.of(0)), [[[1], [0]]])).toMatchObject({ cosine: NaN, steps: 0 });
  });
});

describe('the groups of a cell', () => {
  it('are those of its rows by name, and hold every parameter once', async () => {
    const cell = await createCell({ id: 'lstm', options: { units: 4, density: 0.5 } });
    const groups = paramGroups(cell);
    expect(groups.map(({ name }) => name)).toEqual(cell.rows.groups.map(({ name }) => name));
    expect(groups.flatMap(({ params }) => [...params])).toEqual([...all(cell).params]);
    expect(all(cell).params).toHaveLength(cell.params.length);
    for (const { first, end, params } of groups) {
      expect(params).toHaveLength(cell.rows.start[end]! - cell.rows.start[first]!);
    }
  });

  it('are not told apart where weights are tied, and not named where they are empty', async () => {
    expect(paramGroups(tied(syntheticCell()))).toEqual([]);
    expect(paramGroups(await createCell({ id: 'none' }))).toEqual([]);
    expect(paramGroups(syntheticCell())).toHaveLength(1); // control
  });
});
