import { describe, expect, test } from 'vitest';
import { isiDiscount } from '../conditioning/discount.ts';
import { trialFloors } from '../conditioning/floors.ts';
import type { Trials } from '../conditioning/floors.ts';
import { makeEnv } from '../registry.ts';
import { bit, meanOf, meanSquare, onTimes, recordStream, relative, returns } from './stream.ts';
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
  const trials: Omit<Trials, 'target'> = { isi, iti: [81, 121], usLength: 1, discount: 0.9, classes };
  const floorsFor = (target: Trials['target']) => trialFloors({ ...trials, target })!;
  return { value: floorsFor('value'), return: floorsFor('return') };
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
