import { describe, expect, it } from 'vitest';
import { type Entry, toJson } from '../../bench/entry.ts';
import { type Goal, judge } from '../../bench/goals.ts';
import type { Results } from '../../bench/results.ts';
import { ring } from '../../bench/ring.ts';
import { leastTime, type Limits, work } from '../../bench/roofline.ts';
import { ratio } from '../../bench/timing.ts';

describe('a ratio', () => {
  it('is theirs over ours, round by round', () => {
    expect(ratio([2, 4, 6], [1, 2, 3])).toBe(2);
    expect(ratio([1, 2, 3], [2, 4, 6])).toBe(0.5);
  });

  it('does not see a machine that slows down for all', () => {
    const slowdown = [1, 10, 1, 7, 2];
    const ours = slowdown.map((factor) => 5 * factor);
    expect(
      ratio(
        slowdown.map((factor) => 15 * factor),
        ours,
      ),
    ).toBe(3);
    // The same samples beside others than their neighbours.
    expect(ratio([150, 15, 105, 30, 15], ours)).not.toBe(3);
    expect(() => ratio([1, 2], [1])).toThrow(/2 rounds beside 1/);
  });
});

describe('the list', () => {
  const entry: Entry = {
    name: 'a/b/c',
    size: '64x32',
    nsPerStep: 1234.56,
    nsPerParameter: 0.123456,
    ratios: { cpp: 2 },
  };

  it('has what was measured with four digits, and no peer that was not there', () => {
    expect(JSON.parse(toJson([entry, { ...entry, ratios: {} }]))).toEqual([
      { name: 'a/b/c', size: '64x32', nsPerStep: 1235, nsPerParameter: 0.1235, ratios: { cpp: 2 } },
      { name: 'a/b/c', size: '64x32', nsPerStep: 1235, nsPerParameter: 0.1235, ratios: {} },
    ]);
  });
});

describe('a goal', () => {
  const results = {} as Results; // the goals below do not look at it
  const goal = (limits: Partial<Goal>, ...values: number[]): Goal => ({
    what: '',
    ...limits,
    values: () => values.map((value, i) => ({ value, at: String(i) })),
  });

  it('is judged by its worst case', () => {
    expect(judge(goal({ most: 1 }, 0.5, 0.9), results)).toEqual({ worst: { value: 0.9, at: '1' }, isMet: true });
    expect(judge(goal({ most: 1 }, 0.5, 1.1), results)).toMatchObject({ worst: { value: 1.1 }, isMet: false });
    expect(judge(goal({ least: 2 }, 5, 1.9, 3), results)).toMatchObject({ worst: { value: 1.9 }, isMet: false });
    expect(judge(goal({ least: 0.9, most: 1.1 }, 1, 0.8), results)).toMatchObject({
      worst: { value: 0.8 },
      isMet: false,
    });
  });

  it('that was not measured is neither met nor missed', () => {
    expect(judge(goal({ most: 1 }), results)).toBeNull();
  });
});

describe('the least time', () => {
  const limits: Limits = { stream: [[1, 100]], gflops: { deterministic: 19, relaxed: 38 } };

  it('is that of the traffic or of the arithmetic, whichever is longer', () => {
    expect(work(1000, 'td-lambda')).toEqual({ bytes: 32_000, flops: 19_000 });
    expect(leastTime(work(1000, 'td-lambda'), limits, 'deterministic')).toBe(1000); // arithmetic; traffic 320
    expect(leastTime(work(1000, 'td-lambda'), limits, 'relaxed')).toBe(500);
    const slow: Limits = { ...limits, stream: [[1, 1]] };
    expect(leastTime(work(1000, 'td-lambda'), slow, 'relaxed')).toBe(32_000);
    expect(leastTime(work(1000, 'rmsprop'), slow, 'relaxed')).toBe(40_000);
  });
});

describe('the ring', () => {
  it('is the same steps however it is cut', () => {
    const whole = ring(3, 256)[0]!;
    const pieces = ring(3, 64);
    expect(pieces).toHaveLength(4);
    expect(pieces.flatMap(({ observation }) => [...observation])).toEqual([...whole.observation]);
    expect(pieces.flatMap(({ cumulant }) => [...cumulant])).toEqual([...whole.cumulant]);
    expect(ring(4, 256)[0]!.observation).not.toHaveLength(whole.observation.length);
  });
});
