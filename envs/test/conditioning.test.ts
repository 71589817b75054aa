/** The Rafiee tasks against a second implementation, written plainly from the definition in the paper's code. */
import { describe, expect, test } from 'vitest';
import { makeEnv } from '../registry.ts';
import { createRng } from '../rng.ts';
import { plainPatterning, plainTraceConditioning } from './plain-conditioning.ts';
import { bit, onsets, onTimes, recordStream } from './stream.ts';

const moments = 20_000;

function rows(observations: Uint8Array, size: number): string[] {
  return Array.from({ length: moments }, (_, t) => observations.subarray(t * size, (t + 1) * size).join(''));
}

describe('trace-conditioning', () => {
  test.each([1, 2, 3])('equals the plain implementation draw by draw, seed %i', async (seed) => {
    const env = await makeEnv('trace-conditioning');
    const stream = recordStream(env, seed, moments);
    const plain = plainTraceConditioning(createRng(seed), { isi: [7, 13], iti: [80, 120], distractors: 10 }, moments);
    expect(rows(stream.observations, stream.size)).toEqual(plain);
    const off = plainTraceConditioning(createRng(seed), { isi: [7, 13], iti: [80, 121], distractors: 10 }, moments);
    expect(plain).not.toEqual(off);
  });

  test('keeps the CS on for 4 steps and the US for 2, ISI and ITI inside their ranges, both ends reached', async () => {
    const stream = recordStream(await makeEnv('trace-conditioning'), 5, 400_000);
    const [us, cs] = [onsets(stream, 0), onsets(stream, 1)];
    const isi = us.map((t, i) => t - cs[i]!);
    const iti = cs.slice(1).map((t, i) => t - us[i]!);
    expect([Math.min(...isi), Math.max(...isi), Math.min(...iti), Math.max(...iti)]).toEqual([7, 13, 80, 120]);
    expect(onTimes(stream, 0).length / us.length).toBeCloseTo(2, 2);
    expect(onTimes(stream, 1).length / cs.length).toBeCloseTo(4, 2);
    for (let t = 0; t < 1000; t++) expect(stream.rewards[t]).toBe(t === 0 ? 0 : bit(stream, t, 0));
  });
});

describe.each([
  ['trace-patterning', {}, { isi: [7, 13], noise: 0 }],
  ['trace-patterning', { noise: 0.2, isi: [14, 26] }, { isi: [14, 26], noise: 0.2 }],
  ['noisy-patterning', {}, { isi: [4, 4], noise: 0.1 }],
] as const)('%s %j', (id, options, plainOptions) => {
  const settings = { iti: [80, 120], cues: 6, patterns: 10, distractors: 10, ...plainOptions } as const;

  test.each([1, 2, 3])('equals the plain implementation draw by draw, seed %i', async (seed) => {
    const stream = recordStream(await makeEnv(id, options), seed, moments);
    const plain = plainPatterning(createRng(seed), settings, moments);
    expect(rows(stream.observations, stream.size)).toEqual(plain);
    const off = plainPatterning(createRng(seed), { ...settings, noise: 0.5 }, moments);
    expect(plain).not.toEqual(off);
  });

  test('brings the US in half of the trials', async () => {
    const stream = recordStream(await makeEnv(id, options), 4, 400_000);
    const trials = stream.rewards.length / ((settings.isi[0] + settings.isi[1]) / 2 + 100);
    expect(onsets(stream, 0).length / trials).toBeCloseTo(0.5, 1);
  });
});
