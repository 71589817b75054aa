/** Our statistics beside those of SciPy, statsmodels and rliable (statistics.py says how the values were made). */
import { readFileSync } from 'node:fs';
import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import { bootstrapInterval } from '../../src/statistics/bootstrap.ts';
import { holm } from '../../src/statistics/holm.ts';
import { incompleteBeta } from '../../src/statistics/incomplete-beta.ts';
import type { Interval } from '../../src/statistics/interval.ts';
import { interquartileMean } from '../../src/statistics/iqm.ts';
import { mannWhitney } from '../../src/statistics/mann-whitney.ts';
import { mean } from '../../src/statistics/mean.ts';
import { median } from '../../src/statistics/median.ts';
import { normalTail } from '../../src/statistics/normal.ts';
import { optimalityGap } from '../../src/statistics/optimality-gap.ts';
import { performanceProfile } from '../../src/statistics/performance-profile.ts';
import { probabilityOfImprovement } from '../../src/statistics/probability-of-improvement.ts';
import { quantile } from '../../src/statistics/quantile.ts';
import { standardError } from '../../src/statistics/standard-error.ts';
import { stratifiedInterval } from '../../src/statistics/stratified-bootstrap.ts';
import { studentT, studentTQuantile } from '../../src/statistics/student-t.ts';
import { tInterval } from '../../src/statistics/t-interval.ts';
import { toleranceInterval } from '../../src/statistics/tolerance-interval.ts';
import { welchTest } from '../../src/statistics/welch-test.ts';

interface Golden {
  readonly student: { readonly cdf: Triple[]; readonly quantile: Triple[] };
  readonly beta: (readonly [a: number, b: number, x: number, value: number])[];
  readonly normalTail: (readonly [z: number, value: number])[];
  readonly samples: readonly Sample[];
  readonly twoSamples: readonly {
    readonly x: number[];
    readonly y: number[];
    readonly welch: object;
    readonly mannWhitney: { readonly u: number; readonly p: number; readonly exact: boolean };
  }[];
  readonly tolerance: readonly Tolerance[];
  readonly acrossTasks: AcrossTasks;
  readonly holm: readonly { readonly p: number[]; readonly holm: number[] }[];
}
type Triple = readonly [x: number, df: number, value: number];
interface Sample {
  readonly values: number[];
  readonly mean: number;
  readonly median: number;
  readonly quantiles: (readonly [p: number, value: number])[];
  readonly standardError: number;
  readonly t95: Interval;
  readonly t50: Interval;
  readonly bootstrap95: Interval;
}
interface Tolerance {
  readonly n: number;
  readonly coverage: number;
  readonly level: number;
  readonly span: number | null;
  readonly confidence: number;
  readonly needs: number;
}
interface AcrossTasks {
  readonly x: number[][];
  readonly y: number[][];
  readonly iqm: Interval & { readonly value: number };
  readonly optimalityGap: number;
  readonly improvement: Interval & { readonly value: number };
  readonly taus: number[];
  readonly profile: number[];
  readonly profileLow: number[];
  readonly profileHigh: number[];
}

const golden = JSON.parse(readFileSync(new URL('statistics.json', import.meta.url), 'utf8')) as Golden;

const close = (value: number, to: number, relative: number): boolean => Math.abs(value - to) <= relative * Math.abs(to);
const worst = (cases: readonly (readonly [ours: number, theirs: number])[]): number =>
  Math.max(...cases.map(([ours, theirs]) => (ours === theirs ? 0 : Math.abs(ours - theirs) / Math.abs(theirs))));

describe('Student t, beta and normal', () => {
  it('have the same distribution functions to ten digits of their value, tails too', () => {
    const { student, beta, normalTail: tails } = golden;
    expect(worst(student.cdf.map(([t, df, p]) => [studentT(t, df), p]))).toBeLessThan(1e-10);
    expect(worst(beta.map(([a, b, x, value]) => [incompleteBeta(a, b, x), value]))).toBeLessThan(1e-10);
    expect(worst(tails.map(([z, value]) => [normalTail(z), value]))).toBeLessThan(1e-12);
    // Controls: one degree of freedom more, another shape.
    expect(worst(student.cdf.map(([t, df, p]) => [studentT(t, df + 1), p]))).toBeGreaterThan(1e-3);
    expect(worst(beta.map(([a, b, x, value]) => [incompleteBeta(b, a, x), value]))).toBeGreaterThan(1e-3);
  });

  it('have the same quantiles to ten digits', () => {
    const cases = golden.student.quantile;
    expect(worst(cases.map(([p, df, t]) => [studentTQuantile(p, df), t]))).toBeLessThan(1e-10);
    expect(worst(cases.map(([p, df, t]) => [studentTQuantile(p, df * 1.001), t]))).toBeGreaterThan(1e-10); // control
    expect(cases.length).toBeGreaterThan(100);
  });
});

describe.each(golden.samples)('a sample of $values.length values', (sample) => {
  const { values } = sample;
  const relative = 1e-12;

  it('has the same mean, median, quantiles and standard error', () => {
    expect(close(mean(values), sample.mean, relative)).toBe(true);
    expect(close(median(values), sample.median, relative)).toBe(true);
    for (const [p, value] of sample.quantiles) expect(close(quantile(values, p), value, relative)).toBe(true);
    expect(close(standardError(values), sample.standardError, relative)).toBe(true);
    expect(close(mean(values), sample.median, relative)).toBe(false); // control
  });

  it('has the same t intervals', () => {
    expectInterval(tInterval(values), sample.t95, 1e-10);
    expectInterval(tInterval(values, { level: 0.5 }), sample.t50, 1e-10);
    expect(close(tInterval(values, { level: 0.5 }).low, sample.t95.low, 1e-3)).toBe(false);
  });

  it('has the same percentile bootstrap interval but for what resampling leaves to chance', () => {
    const width = sample.bootstrap95.high - sample.bootstrap95.low;
    const ours = bootstrapInterval(values, { rng: createRng('golden'), resamples: 40_000 });
    expect(farthest(ours, sample.bootstrap95)).toBeLessThan(0.02 * width);
    expect(farthest(tInterval(values), sample.bootstrap95)).toBeGreaterThan(0.02 * width); // control
  });
});

describe('two samples', () => {
  it.each(golden.twoSamples)('$x.length and $y.length values: the same Welch test', ({ x, y, welch }) => {
    const ours = welchTest(x, y);
    expect(relativeTo(ours, welch)).toBeLessThan(1e-10);
    expect(relativeTo(welchTest(y, x), welch)).toBeGreaterThan(1); // control: the other sign
  });

  it.each(golden.twoSamples)('$x.length and $y.length values: the same rank test', ({ x, y, mannWhitney: theirs }) => {
    const ours = mannWhitney(x, y);
    expect(ours).toMatchObject({ u: theirs.u, exact: theirs.exact });
    expect(ours.p / theirs.p).toBeCloseTo(1, 10);
    expect(mannWhitney(x, [...y, 100]).p / theirs.p).not.toBeCloseTo(1, 3); // control
  });

  it('are counted out and approximated, with ties and without', () => {
    expect(new Set(golden.twoSamples.map(({ mannWhitney: { exact } }) => exact))).toEqual(new Set([true, false]));
  });

  it.each(golden.holm)('Holm corrects $p', ({ p, holm: theirs }) => {
    holm(p).forEach((adjusted, i) => expect(adjusted).toBeCloseTo(theirs[i]!, 14));
  });
});

it.each(golden.tolerance)('the tolerance interval of $n runs at $level', ({ n, coverage, level, ...theirs }) => {
  const values = Array.from({ length: n }, (_, i) => i);
  const { low, high, confidence, needs } = toleranceInterval(values, { coverage, level });
  expect(needs).toBe(theirs.needs);
  expect(confidence).toBeCloseTo(theirs.confidence, 11);
  expect(high - low).toBe(theirs.span ?? NaN);
  if (theirs.span !== null) expect(Math.abs(low - (n - 1 - high))).toBeLessThanOrEqual(1); // central
});

describe('methods across tasks', () => {
  const { x, y, iqm, improvement, taus, ...theirs } = golden.acrossTasks;
  const options = { rng: createRng('across'), resamples: 20_000, better: 'higher' } as const;

  it('have the same interquartile mean, and interval but for chance', () => {
    expect(interquartileMean(x.flat())).toBeCloseTo(iqm.value, 12);
    const width = iqm.high - iqm.low;
    expect(farthest(stratifiedInterval(x, options), iqm)).toBeLessThan(0.03 * width);
    // Control: without strata the tasks, far apart, are drawn too, and the interval is wider.
    expect(farthest(bootstrapInterval(x.flat(), { ...options, statistic: interquartileMean }), iqm)).toBeGreaterThan(
      0.1 * width,
    );
  });

  it('have the same probability of improvement and interval', () => {
    const ours = probabilityOfImprovement(x, y, options);
    expect(ours.probability).toBeCloseTo(improvement.value, 12);
    expect(farthest(ours, improvement)).toBeLessThan(0.03 * (improvement.high - improvement.low));
    expect(probabilityOfImprovement(y, x, options).probability).toBeCloseTo(1 - improvement.value, 12);
    expect(ours.probability).not.toBeCloseTo(1 - improvement.value, 1);
  });

  it('have the same optimality gap', () => {
    const gap = (target: number): number => optimalityGap(x, { better: 'higher', target });
    expect(gap(1)).toBeCloseTo(theirs.optimalityGap, 12);
    expect(gap(1.1) - 0.1).not.toBeCloseTo(theirs.optimalityGap, 2);
  });

  it('have the same performance profile and band', () => {
    const ours = performanceProfile(x, taus, options);
    ours.forEach(({ tau, share, low, high }, i) => {
      expect(tau).toBe(taus[i]);
      expect(share).toBeCloseTo(theirs.profile[i]!, 12);
      // One run of 36 is the grain of these bounds.
      expect(Math.abs(low - theirs.profileLow[i]!)).toBeLessThan(1.01 / 36);
      expect(Math.abs(high - theirs.profileHigh[i]!)).toBeLessThan(1.01 / 36);
    });
    const other = performanceProfile(y, taus, options);
    expect(other.some(({ share }, i) => Math.abs(share - theirs.profile[i]!) > 0.05)).toBe(true); // control
  });
});

function expectInterval(ours: Interval, theirs: Interval, relative: number): void {
  expect([ours, close(ours.low, theirs.low, relative), close(ours.high, theirs.high, relative)]).toEqual([
    ours,
    true,
    true,
  ]);
}

function farthest(a: Interval, b: Interval): number {
  return Math.max(Math.abs(a.low - b.low), Math.abs(a.high - b.high));
}

function relativeTo(ours: object, theirs: object): number {
  const values = new Map(Object.entries(ours) as [string, number][]);
  return worst((Object.entries(theirs) as [string, number][]).map(([name, value]) => [values.get(name)!, value]));
}
