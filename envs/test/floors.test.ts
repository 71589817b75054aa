import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isiDiscount } from '../conditioning/discount.ts';
import { trialFloors } from '../conditioning/floors.ts';
import type { Trials } from '../conditioning/floors.ts';
import { makeEnv } from '../registry.ts';
import { bit, meanOf, meanSquare, onsets, onTimes, recordStream, relative, returns } from './stream.ts';
import type { Stream } from './stream.ts';

/** Zero, constant, timing, ideal: Monte Carlo of 2e7 steps with continuing returns, made before this code was. */
type Row = [id: string, isi: [number, number], zero: number, constant: number, timing: number, ideal: number];
const published: Row[] = [
  ['trace-conditioning', [7, 13], 0.1818, 0.1488, 0.01246, 0.01246],
  ['trace-conditioning', [14, 26], 0.3353, 0.2241, 0.01538, 0.01538],
  ['trace-conditioning', [20, 40], 0.464, 0.2593, 0.01957, 0.01957],
  ['trace-conditioning', [27, 53], 0.6081, 0.2817, 0.02153, 0.02153],
  ['noisy-patterning', [4, 4], 0.0383, 0.0368, 0.01782, 0.00268],
  ['trace-patterning', [7, 13], 0.091, 0.0827, 0.05145, 0.00997],
  ['trace-patterning', [14, 26], 0.1673, 0.1395, 0.09431, 0.01694],
  ['trace-patterning', [20, 40], 0.2285, 0.1776, 0.12927, 0.02297],
];

describe('floors of the Rafiee tasks', () => {
  test.each(published)(
    '%s, ISI %j: the exact sums agree with the table and with a simulation',
    async (id, isi, zero, constant, timing, ideal) => {
      const env = await makeEnv(id, id === 'noisy-patterning' ? { noise: 0 } : { isi });
      const { floors, discount } = env.metadata;
      expect(floors!.target).toBe('return');
      expect(relative(floors!.zero, zero)).toBeLessThan(0.006);
      expect(relative(floors!.constant, constant)).toBeLessThan(0.006);
      expect(relative(floors!.timing!, timing)).toBeLessThan(0.004);
      expect(relative(floors!.ideal, ideal)).toBeLessThan(0.004);
      const g = returns(recordStream(env, 21, 2_000_000), discount!);
      expect(relative(meanSquare(g), floors!.zero)).toBeLessThan(0.03);
      expect(relative(meanSquare(g) - meanOf(g) ** 2, floors!.constant)).toBeLessThan(0.03);
    },
  );

  test('tell one ISI from the next, and one target from the other', async () => {
    const at = async (isi: [number, number]) => (await makeEnv('trace-patterning', { isi })).metadata.floors!;
    expect(relative((await at([7, 13])).zero, (await at([8, 14])).zero)).toBeGreaterThan(0.03);
    const { value, return: continuing } = ccnFloors([24, 36]);
    expect(relative(value.ideal, continuing.ideal)).toBeGreaterThan(0.015);
  });

  test('change with the noise in the ideal alone', async () => {
    const [clear, noisy] = await Promise.all(
      [0, 0.1].map(async (noise) => (await makeEnv('noisy-patterning', { noise })).metadata.floors!),
    );
    expect(noisy!.zero).toBeCloseTo(clear!.zero, 12);
    expect(noisy!.timing!).toBeCloseTo(clear!.timing!, 12);
    expect(noisy!.ideal).toBeGreaterThan(clear!.ideal);
    expect(noisy!.ideal).toBeLessThan(noisy!.timing!);
  });

  test('are absent where the US may reach into the next trial', async () => {
    expect((await makeEnv('trace-conditioning', { iti: [1, 5] })).metadata.floors).toBe(null);
    expect((await makeEnv('trace-conditioning', { iti: [2, 5] })).metadata.floors).not.toBe(null);
  });

  test.each(['trace-conditioning', 'trace-patterning'])(
    'are absent where a cue of %s may last until the next one, whose onset is missed',
    async (id) => {
      const make = (csLength: number) => makeEnv(id, { isi: [1, 1], iti: [2, 2], csLength, distractors: 0 });
      for (const csLength of [3, 4, 1000]) expect((await make(csLength)).metadata.floors).toBe(null);
      expect((await make(2)).metadata.floors).not.toBe(null);
      // Trials of 3 steps: a cue of 2 is seen at every one, of 3 at every other.
      const seen = async (csLength: number) =>
        onsets(recordStream(await makeEnv('trace-conditioning', { isi: [1, 1], iti: [2, 2], csLength }), 1, 600), 1);
      expect([(await seen(2)).length, (await seen(3)).length]).toEqual([200, 100]);
    },
  );

  test('are those of a plain sum over every trial and every moment of it', () => {
    const range = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 6 }));
    const properties = [
      range,
      range,
      fc.double({ min: 0.1, max: 0.95, noNaN: true }),
      fc.constantFrom(0, 0.2),
    ] as const;
    fc.assert(
      fc.property(...properties, fc.constantFrom('value', 'return'), ([i, di], [j, dj], discount, noise, target) => {
        const classes = [0, 1].map((one) => ({ probability: 0.5, us: one === 1 ? 1 - noise : noise }));
        const timing = { isi: [i, i + di], iti: [j, j + dj] } as const;
        const trials: Trials = { ...timing, usLength: Math.min(j, 2), csLength: 1, discount, classes, target };
        const [exact, plain] = [trialFloors(trials)!, plainFloors(trials)];
        for (const key of ['zero', 'constant', 'timing', 'ideal'] as const) {
          expect(Math.abs(exact[key]! - plain[key])).toBeLessThan(1e-9);
        }
        if (i + di === 1) return; // what comes at once is not discounted
        const other = plainFloors({ ...trials, discount: discount / 2 });
        expect(Math.abs(exact.zero - other.zero)).toBeGreaterThan(1e-9);
      }),
      { numRuns: 50, seed: 1 },
    );
  });

  test('take a time that grows with the ISI, not with its square', async () => {
    const start = performance.now();
    expect((await makeEnv('trace-patterning', { isi: [1, 100_000] })).metadata.floors).not.toBe(null);
    expect(performance.now() - start).toBeLessThan(10_000); // the square would take a quarter of an hour
  });
});

describe('floors of ccn-trace-patterning', () => {
  test('are the published ones at ISI 24-36, and those of the notes at 14-26', async () => {
    const { floors } = (await makeEnv('ccn-trace-patterning')).metadata;
    const rounded = [floors!.zero, floors!.constant, floors!.timing!, floors!.ideal].map((x) => x.toFixed(5));
    expect(rounded).toEqual(['0.02004', '0.01871', '0.01264', '0.00168']);
    const short = (await makeEnv('ccn-trace-patterning', { isi: [14, 26] })).metadata.floors;
    const roundedShort = [short!.zero, short!.constant, short!.timing!, short!.ideal].map((x) => x.toFixed(5));
    expect(roundedShort).toEqual(['0.02132', '0.02003', '0.01347', '0.00177']);
  });

  test('equal the closed form of the zero and the constant predictor', () => {
    // Half the trials are valid; then y_k = gamma^(I-k-1), k < I, so sums over a trial are geometric series in gamma.
    for (const [lo, hi] of [
      [24, 36],
      [14, 26],
      [4, 4],
    ] as const) {
      const discounted = (x: number): number => {
        let sum = 0;
        for (let i = lo; i <= hi; i++) sum += (1 - x ** i) / (1 - x) / (hi - lo + 1);
        return sum;
      };
      const length = (lo + hi) / 2 + 101;
      const zero = (0.5 * discounted(0.81)) / length;
      const constant = zero - ((0.5 * discounted(0.9)) / length) ** 2;
      expect(ccnFloors([lo, hi]).value.zero).toBeCloseTo(zero, 14);
      expect(ccnFloors([lo, hi]).value.constant).toBeCloseTo(constant, 14);
    }
  });

  test('agree, all four and for both targets, with conditional variances measured in the stream', async () => {
    for (const isi of [
      [24, 36],
      [14, 26],
    ] as const) {
      const stream = recordStream(await makeEnv('ccn-trace-patterning', { isi }), 31, 1_000_000);
      const { value, return: continuing } = ccnFloors(isi);
      for (const [target, floors] of [
        [stream.values, value],
        [returns(stream, 0.9), continuing],
      ] as const) {
        const measured = measureFloors(stream, target);
        for (const key of ['zero', 'constant', 'timing', 'ideal'] as const) {
          expect(relative(measured[key], floors[key]!)).toBeLessThan(0.045); // 3.7 standard deviations of P(valid)
        }
      }
    }
  });
});

test('the discount is tabulated, or reaches about as far as the US', () => {
  expect([4, 10, 30, 40].map(isiDiscount)).toEqual([0.75, 0.9, 0.966, 0.975]);
  expect(isiDiscount(25)).toBe(0.96);
});

function ccnFloors(isi: readonly [number, number]) {
  const classes = [
    { probability: 0.5, us: 1 },
    { probability: 0.5, us: 0 },
  ];
  const trials: Omit<Trials, 'target'> = { isi, iti: [81, 121], usLength: 1, csLength: 1, discount: 0.9, classes };
  const floorsFor = (target: Trials['target']) => trialFloors({ ...trials, target })!;
  return { value: floorsFor('value'), return: floorsFor('return') };
}

/** From the definition: every trial (class, US or not, I, J), every moment k of it, grouped by what is known there. */
function plainFloors({ isi, iti, usLength, discount, classes, target }: Trials) {
  const values = ([lo, hi]: readonly [number, number]) => Array.from({ length: hi - lo + 1 }, (_, n) => lo + n);
  const trials = classes.flatMap(({ probability, us }, cue) =>
    [us, 1 - us].flatMap((p, without) =>
      values(isi).flatMap((i) => {
        return values(iti).map((j) => ({ cue, i, j, p: probability * p, isPaid: without === 0 }));
      }),
    ),
  );
  const [isis, itis] = [values(isi).length, values(iti).length];
  const us = (trial: { i: number; isPaid: boolean }, k: number): number => {
    let sum = 0;
    for (let t = trial.i; t < trial.i + usLength; t++) if (trial.isPaid && t > k) sum += discount ** (t - k - 1);
    return sum;
  };
  let [first, second] = [0, 0]; // moments of the return from a cue on, which is gamma u + gamma^(I+J) of the next, at k = -1
  for (let round = 0; round < 2000 && target === 'return'; round++) {
    const next = [0, 0];
    for (const trial of trials) {
      const [p, u, tail] = [trial.p / isis / itis, us(trial, -1), discount ** (trial.i + trial.j)];
      next[0]! += p * (u + tail * first);
      next[1]! += p * (u * u + 2 * u * tail * first + tail * tail * second);
    }
    [first, second] = next as [number, number];
  }
  const groups = new Map<string, [number, number, number]>();
  for (const trial of trials) {
    for (let k = 0; k < trial.i + trial.j; k++) {
      const since = trial.isPaid && k >= trial.i ? `us ${k - trial.i}` : `cue ${k}`;
      const [p, u, tail] = [trial.p / isis / itis, us(trial, k), discount ** (trial.i + trial.j - k - 1)];
      const moments = [p, p * (u + tail * first), p * (u * u + 2 * u * tail * first + tail * tail * second)];
      for (const key of ['all', `timing ${since}`, `ideal ${since}${since[0] === 'c' ? trial.cue : ''}`]) {
        const group = groups.get(key) ?? groups.set(key, [0, 0, 0]).get(key)!;
        for (let n = 0; n < 3; n++) group[n]! += moments[n]!;
      }
    }
  }
  const [steps, , squares] = groups.get('all')!;
  const left = (what: string): number => {
    const own = [...groups].filter(([key, [mass]]) => key.startsWith(what) && mass > 0);
    return own.reduce((sum, [, [mass, g, g2]]) => sum + g2 - g ** 2 / mass, 0) / steps;
  };
  return { zero: squares / steps, constant: left('all'), timing: left('timing'), ideal: left('ideal') };
}

/** Variances of the target within groups of moments that a predictor cannot tell apart. */
function measureFloors(stream: Stream, target: Float64Array) {
  const cues = [...new Set([0, 1, 2, 3, 4, 5].flatMap((c) => onTimes(stream, c)))].sort((a, b) => a - b);
  const timing = new Groups();
  const ideal = new Groups();
  const all = new Groups();
  let squares = 0;
  cues.slice(0, -1).forEach((cue, n) => {
    const end = Math.min(cues[n + 1]!, target.length);
    let us = -1;
    for (let t = cue; t < end; t++) if (bit(stream, t, 6) === 1) us = t;
    for (let t = cue; t < end; t++) {
      const seen = us >= 0 && t >= us ? `us ${t - us}` : `cue ${t - cue}`;
      timing.add(seen, target[t]!);
      ideal.add(`${seen} ${us >= 0}`, target[t]!);
      all.add('', target[t]!);
      squares += target[t]! ** 2;
    }
  });
  return { zero: squares / all.total, constant: all.variance(), timing: timing.variance(), ideal: ideal.variance() };
}

class Groups {
  total = 0;
  private readonly groups = new Map<string, { count: number; sum: number; squares: number }>();

  add(key: string, x: number): void {
    const group = this.groups.get(key) ?? { count: 0, sum: 0, squares: 0 };
    this.groups.set(key, group);
    group.count++;
    group.sum += x;
    group.squares += x * x;
    this.total++;
  }

  variance(): number {
    let within = 0;
    for (const { count, sum, squares } of this.groups.values()) within += squares - sum ** 2 / count;
    return within / this.total;
  }
}
