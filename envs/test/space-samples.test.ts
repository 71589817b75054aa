/** Samples follow Gymnasium's laws: its own samples (golden/spaces-samples.json), and the laws of Box in closed form. */
import { describe, expect, test } from 'vitest';
import { EnvError } from '../errors.ts';
import { createRng } from '../rng.ts';
import { box, type Element, type GraphInstance, type Space, spaceFromJSON } from '../spaces.ts';
import { readGolden } from './golden.ts';
import { decodeHow, plain } from './space-values.ts';

type How = Readonly<Record<string, unknown>>;
interface Law {
  readonly space: unknown;
  readonly how: How;
  readonly what: 'value' | 'length' | 'edges';
  readonly counts: Readonly<Record<string, number>>;
}

const golden = readGolden<{
  steered: readonly (readonly [space: unknown, how: How, only: unknown])[];
  laws: readonly Law[];
  seeded: readonly (readonly [space: unknown, how: How, seed: number, samples: unknown])[];
}>('spaces-samples');
const n = 20_000;
const name = (space: unknown, how: unknown): string => `${spaceFromJSON(space)} by ${JSON.stringify(how)}`;

describe('a mask or a probability', () => {
  const rows = golden.steered.map(([space, how, only]) => [name(space, how), space, how, only] as const);

  test.each(rows)('leaves of %s what it leaves in Gymnasium, or is refused as there', (_, json, how, only) => {
    const space = spaceFromJSON(json);
    const draw = (seed: number): Element => space.sample(createRng(seed), decodeHow(how));
    if (only === 'error') {
      expect(() => draw(0)).toThrow(EnvError);
      return;
    }
    const samples = Array.from({ length: 20 }, (_, seed) => draw(seed));
    expect(samples.every((x) => space.contains(x))).toBe(true);
    expect(samples.map(plain)).toEqual(samples.map(() => only));
  });

  test('lets everything through where it is null or undefined', () => {
    for (const how of [{}, { mask: null }, { probability: undefined }, { mask: null, probability: null }]) {
      for (const [json] of golden.steered) {
        const space = spaceFromJSON(json);
        expect(space.sample(createRng(1), how)).toEqual(space.sample(createRng(1)));
      }
    }
  });
});

describe('Discrete and MultiDiscrete', () => {
  const rows = golden.seeded.map(
    ([space, how, seed, samples]) => [name(space, how), space, how, seed, samples] as const,
  );

  test.each(rows)(
    '%s: sampled seed for seed as in Gymnasium, by an Rng of kind numpy',
    (_, json, how, seed, samples) => {
      const space = spaceFromJSON(json);
      const draw = (from: number): unknown[] => {
        const rng = createRng(from, 'numpy');
        return Array.from({ length: 12 }, () => plain(space.sample(rng, decodeHow(how))));
      };
      expect(draw(seed)).toEqual(samples);
      expect(draw(seed + 1)).not.toEqual(samples);
    },
  );
});

describe('the law of', () => {
  const rows = golden.laws.map((law) => [name(law.space, law.how), law] as const);

  test.each(rows)('%s is that of Gymnasium', (_, law) => {
    const space = spaceFromJSON(law.space);
    const rng = createRng(17);
    const how = decodeHow(law.how);
    const counts: Record<string, number> = {};
    for (let i = 0; i < n; i++) {
      const key = keyOf(space.sample(rng, how), law.what);
      counts[key] = (counts[key] ?? 0) + 1;
    }
    expect(isSameLaw(counts, law.counts)).toBe(true);
    if (Object.keys(counts).length > 1) expect(isSameLaw(counts, tilted(law.counts))).toBe(false);
    expect(isSameLaw(counts, { ...law.counts, other: 100 })).toBe(false);
  });
});

describe('an entry of Box is', () => {
  const uniform = (x: number): number => (x - 2) / 4;
  const laws: [name: string, space: Space<Float64Array>, cdf: (x: number) => number][] = [
    ['uniform between two bounds', box(2, 6), uniform],
    ['uniform in single precision', box(2, 6, [1], 'float32'), uniform],
    ['exponential above one', box(5, Infinity), (x) => 1 - Math.exp(5 - x)],
    ['exponential below one', box(-Infinity, -3), (x) => Math.exp(x + 3)],
    ['normal without any', box(-Infinity, Infinity), normalCdf],
    ['normal in single precision', box(-Infinity, Infinity, [1], 'float32'), normalCdf],
  ];

  test.each(laws)('%s', (_, space, cdf) => {
    const rng = createRng(5);
    const samples = Float64Array.from({ length: n }, () => space.sample(rng)[0]!);
    expect(kolmogorov(samples, cdf)).toBeLessThan(1.95 / Math.sqrt(n)); // one in a thousand
    expect(
      kolmogorov(
        samples.map((x) => x + 0.1),
        cdf,
      ),
    ).toBeGreaterThan(1.95 / Math.sqrt(n));
    const isRounded = samples.every((x) => Math.fround(x) === x);
    expect(isRounded).toBe(space.dtype === 'float32');
  });

  test('at its bounds as often as inside, where it is whole', () => {
    const rng = createRng(6);
    const space = box([-1, 3], [1, 3], [2], 'int32');
    const samples = Array.from({ length: 3000 }, () => space.sample(rng));
    for (const value of [-1, 0, 1]) {
      const share = samples.filter((x) => x[0] === value).length / samples.length;
      expect(Math.abs(share - 1 / 3)).toBeLessThan(0.03); // 3.5 standard errors
    }
    expect(samples.every((x) => x[1] === 3)).toBe(true);
  });
});

function keyOf(x: Element, what: Law['what']): string {
  if (what === 'length') return String((x as string | unknown[]).length);
  if (what === 'edges') return String(((x as GraphInstance).edges as Int32Array | null)?.length ?? 0);
  return JSON.stringify(plain(x));
}

/** Chi-square of two samples of equal size, cells below 20 in one; the bound lets through all but one in a thousand. */
function isSameLaw(a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): boolean {
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  const cells = keys.map((key) => [a[key] ?? 0, b[key] ?? 0] as const);
  const isLarge = ([x, y]: readonly [number, number]): boolean => x + y >= 20;
  const rest = cells.filter((cell) => !isLarge(cell));
  const pooled = [rest.reduce((sum, [x]) => sum + x, 0), rest.reduce((sum, [, y]) => sum + y, 0)] as const;
  const large = [...cells.filter(isLarge), ...(isLarge(pooled) ? [pooled] : [])];
  const chi = large.reduce((sum, [x, y]) => sum + (x - y) ** 2 / (x + y), 0);
  const df = Math.max(1, large.length - 1);
  return chi < df * (1 - 2 / (9 * df) + 3.09 * Math.sqrt(2 / (9 * df))) ** 3; // Wilson and Hilferty
}

/** A third of the most frequent cell moved to another. */
function tilted(counts: Readonly<Record<string, number>>): Record<string, number> {
  const [[first, most], [second, next]] = Object.entries(counts).sort(([, x], [, y]) => y - x) as [
    [string, number],
    [string, number],
  ];
  return { ...counts, [first]: most - Math.round(most / 3), [second]: next + Math.round(most / 3) };
}

/** Largest distance between the law of the samples and the law. */
function kolmogorov(samples: Float64Array, cdf: (x: number) => number): number {
  const sorted = samples.slice().sort();
  return sorted.reduce((most, x, i) => {
    const p = cdf(x);
    return Math.max(most, Math.abs(p - i / sorted.length), Math.abs(p - (i + 1) / sorted.length));
  }, 0);
}

/** Abramowitz and Stegun, 26.2.17: right to 7.5e-8. */
function normalCdf(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const series = [1.330274429, -1.821255978, 1.781477937, -0.356563782, 0.31938153].reduce(
    (sum, c) => (sum + c) * t,
    0,
  );
  const tail = (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * series;
  return x > 0 ? 1 - tail : tail;
}
