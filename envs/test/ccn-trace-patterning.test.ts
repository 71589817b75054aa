import { describe, expect, test } from 'vitest';
import { distractorRate } from '../conditioning/distractors.ts';
import { makeEnv } from '../registry.ts';
import { bit, meanOf, onTimes, recordStream } from './stream.ts';
import type { Stream } from './stream.ts';

const us = 6; // its place in the observation

/** Cue steps: those with any of the six cues on. */
function cueTimes(stream: Stream): number[] {
  const times = new Set([0, 1, 2, 3, 4, 5].flatMap((c) => onTimes(stream, c)));
  return [...times].sort((a, b) => a - b);
}

function patternAt(stream: Stream, t: number): string {
  return [0, 1, 2, 3, 4, 5].map((c) => bit(stream, t, c)).join('');
}

describe('ccn-trace-patterning', async () => {
  const env = await makeEnv('ccn-trace-patterning');
  const stream = recordStream(env, 11, 1_000_000);
  const cues = cueTimes(stream);
  const usTimes = onTimes(stream, us).filter((t) => t < cues.at(-1)!); // of whole trials
  const trials = cues.slice(0, -1).map((cue, i) => {
    const end = cues[i + 1]!;
    const usTime = usTimes.find((t) => t > cue && t < end);
    return { cue, length: end - cue, isi: usTime === undefined ? null : usTime - cue };
  });

  test('has trials of 105 to 157 steps, 131 in the mean', () => {
    const lengths = trials.map(({ length }) => length);
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(24 + 80 + 1);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(36 + 120 + 1);
    expect(meanOf(lengths)).toBeCloseTo(131, 0); // 7600 trials of standard deviation 12.4: 0.14
  });

  test('shows three cues of six for one step, 20 patterns, of which 10 always bring the US and 10 never', () => {
    const brings = new Map<string, Set<boolean>>();
    for (const { cue, isi } of trials) {
      const pattern = patternAt(stream, cue);
      brings.set(pattern, (brings.get(pattern) ?? new Set()).add(isi !== null));
    }
    expect([...brings.keys()].every((pattern) => pattern.replaceAll('0', '') === '111')).toBe(true);
    expect(brings.size).toBe(20);
    expect([...brings.values()].filter((outcomes) => outcomes.size === 1 && outcomes.has(true))).toHaveLength(10);
    expect([...brings.values()].filter((outcomes) => outcomes.size === 1 && outcomes.has(false))).toHaveLength(10);
    const valid = trials.filter(({ isi }) => isi !== null).length / trials.length;
    expect(Math.abs(valid - 0.5)).toBeLessThan(0.025); // 4.4 standard deviations
  });

  test('brings the US 24 to 36 steps after the cue, each equally often, once, and as the reward', () => {
    const counts = new Map<number, number>();
    for (const { isi } of trials) if (isi !== null) counts.set(isi, (counts.get(isi) ?? 0) + 1);
    expect([...counts.keys()].sort((a, b) => a - b)).toEqual(Array.from({ length: 13 }, (_, i) => 24 + i));
    const expected = usTimes.length / 13;
    expect([...counts.values()].every((n) => Math.abs(n - expected) < 5 * Math.sqrt(expected))).toBe(true);
    expect(usTimes.length).toBe(trials.filter(({ isi }) => isi !== null).length);
    expect(usTimes.every((t) => stream.rewards[t] === 1)).toBe(true);
    expect(stream.rewards.slice(0, cues.at(-1)).reduce((sum, r) => sum + r)).toBe(usTimes.length);
  });

  test('switches distractor j on at 1 step in 10 j, cue steps included', () => {
    const atCue = (entry: number): number => meanOf(cues.map((t) => bit(stream, t, entry)));
    for (let j = 0; j < 5; j++) {
      const rate = distractorRate(j);
      expect(rate).toBeCloseTo(1 / (10 * (j + 1)), 12);
      expect(Math.abs(onTimes(stream, 7 + j).length / 1e6 - rate)).toBeLessThan(5 * Math.sqrt(rate / 1e6));
      expect(Math.abs(atCue(7 + j) - rate)).toBeLessThan(5 * Math.sqrt(rate / cues.length));
    }
  });

  test('has as its value the discounted US of the trial, seen from the latest observation', () => {
    const discounted = (from: number, end: number): number => {
      let g = 0;
      for (let t = end - 1; t > from; t--) g = stream.rewards[t]! + 0.9 * g;
      return g;
    };
    let valid = 0;
    for (const { cue, length, isi } of trials.slice(0, 500)) {
      if (isi !== null) valid++;
      expect(stream.values[cue]).toBeCloseTo(isi === null ? 0 : 0.9 ** (isi - 1), 12);
      for (let t = cue; t < cue + length; t++) {
        expect(stream.values[t]).toBeCloseTo(discounted(t, cue + length), 12);
      }
      // The control: one step off in either direction is another number.
      if (isi === null) continue;
      expect(stream.values[cue + 1]).not.toBeCloseTo(discounted(cue, cue + length), 3);
      expect(stream.values[cue + isi - 1]).toBe(1);
      expect(stream.values[cue + isi]).toBe(0);
    }
    expect(valid).toBeGreaterThan(200);
  });

  test('is the smoke test of the columnar repository with ISI 4, two cues, one pattern, no distractors', async () => {
    const small = await makeEnv('ccn-trace-patterning', { isi: [4, 4], cues: 2, patterns: 1, distractors: 0 });
    expect(small.observationSpace.size).toBe(3);
    const { observations } = recordStream(small, 1, 50_000);
    let [brought, all] = [0, 0];
    for (let t = 0; t < 49_900; t++) {
      if (observations[3 * t] === 0 && observations[3 * t + 1] === 0) continue;
      all++;
      brought += observations[3 * (t + 4) + 2]!;
    }
    expect(brought / all).toBeCloseTo(0.5, 1);
  });
});
