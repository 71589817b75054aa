/** From measurements to rows: one per setting, its numbers over the seeds. */
import type { Expected, StudySetting } from '../experiment/study.ts';
import { canonicalJson } from '../results/canonical-json.ts';
import type { Measurement } from '../results/measurements-file.ts';
import { mean } from '../statistics/mean.ts';
import { standardError } from '../statistics/standard-error.ts';

export interface StudyRow {
  readonly setting: StudySetting;
  readonly at: StudySetting; // what was left to choose, and is best here
  readonly samples: Readonly<Record<string, readonly number[]>>; // [seeds] by measure; NaN: diverged
}

export interface Estimate {
  readonly mean: number; // NaN where a seed diverged: averaging the survivors would flatter
  readonly error: number; // standard error of the mean
  readonly n: number; // seeds measured
  readonly diverged: number; // of them
}

export function rowsOf(measured: readonly Measurement[], measures: readonly string[]): StudyRow[] {
  const groups = new Map<string, Measurement[]>();
  for (const one of measured) {
    const key = canonicalJson(one.setting);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].map((seeds) => {
    const of = (measure: string) => seeds.map(({ values }) => values?.[measure] ?? NaN);
    const given = measures.filter((name) => seeds.some(({ values }) => values === null || name in values));
    return { setting: seeds[0]!.setting, at: {}, samples: Object.fromEntries(given.map((name) => [name, of(name)])) };
  });
}

export function estimate(samples: readonly number[] | undefined): Estimate {
  const n = samples?.length ?? 0;
  const diverged = samples?.filter((value) => !Number.isFinite(value)).length ?? 0;
  if (n === 0 || diverged > 0) return { mean: NaN, error: NaN, n, diverged };
  return { mean: mean(samples!), error: standardError(samples!), n, diverged };
}

/** Of the rows that differ in `key` alone, the one with the lowest mean; `at` says where. */
export function bestRows(rows: readonly StudyRow[], key: string, measure: string): StudyRow[] {
  const best = new Map<string, { readonly row: StudyRow; readonly value: number }>();
  for (const { setting, at, samples } of rows) {
    const { [key]: chosen, ...rest } = setting;
    const row = { setting: rest, at: chosen === undefined ? at : { ...at, [key]: chosen }, samples };
    const value = estimate(samples[measure]).mean;
    const before = best.get(canonicalJson(rest));
    if (!before || value < before.value || Number.isNaN(before.value)) best.set(canonicalJson(rest), { row, value });
  }
  return [...best.values()].map(({ row }) => row);
}

/** The keys whose values differ between rows, in the order in which they are written. */
export function varyingKeys(rows: readonly StudyRow[]): string[] {
  const keys = [...new Set(rows.flatMap(({ setting }) => Object.keys(setting)))];
  return keys.filter((key) => new Set(rows.map(({ setting }) => setting[key])).size > 1);
}

/**
 * What is expected of a row: it names all that the table shows of the row, and nothing that the row is not. First what
 * names most: of one row of a grid, not of the best of them.
 */
export function expectedOf(row: StudyRow, keys: readonly string[], measure: string, all: readonly Expected[]) {
  const fitting = all.filter(
    (one) =>
      one.measure === measure &&
      Object.entries(one.for).every(([key, value]) => row.setting[key] === value) &&
      keys.every((key) => row.setting[key] === one.for[key]),
  );
  return fitting.sort((a, b) => Object.keys(b.for).length - Object.keys(a.for).length);
}

/** How far an estimate is from what is expected, in standard errors of the difference. */
export function deviation({ mean: value, error, n }: Estimate, expected: Expected): number {
  const rounding = expected.digits === undefined ? 0 : 0.5 * 10 ** -expected.digits;
  const distance = value - expected.value;
  if (Math.abs(distance) <= rounding) return 0;
  const itsError = expected.error ?? (expected.runs === undefined ? 0 : error * Math.sqrt(n / expected.runs));
  return (distance - Math.sign(distance) * rounding) / Math.hypot(error, itsError);
}
