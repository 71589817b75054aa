/** Two-stage figures of a study's best rows: chosen by half of the seeds, measured on the others. */
import type { StudyTable } from '../experiment/study.ts';
import { canonicalJson } from '../results/canonical-json.ts';
import type { Measurement } from '../results/measurements-file.ts';
import type { Line } from '../run/study-summary.ts';
import type { Interval } from '../statistics/interval.ts';
import { mean } from '../statistics/mean.ts';
import { tInterval } from '../statistics/t-interval.ts';
import { type SeedValue, twoStage } from '../statistics/two-stage.ts';

export interface FreshEstimate {
  readonly at: string | number | null; // the value that the tuning seeds chose
  readonly tuningSeeds: readonly number[];
  readonly seeds: readonly number[];
  readonly mean: number; // NaN where a seed diverged
  readonly t: Interval;
  readonly n: number;
  readonly diverged: number;
}

/** By line; null where there are no other seeds. */
export function freshEstimates(
  lines: readonly Line[],
  { best, where = () => true }: StudyTable,
  measured: readonly Measurement[],
): (FreshEstimate | null)[] {
  const rivals = new Map<string, Measurement[]>(); // settings that differ in `best` alone
  for (const one of measured.filter(({ setting }) => where(setting))) {
    const key = canonicalJson({ ...one.setting, [best!]: undefined });
    rivals.set(key, [...(rivals.get(key) ?? []), one]);
  }
  return lines.map(({ row, measure }) => freshOf(rivals.get(canonicalJson(row.setting)) ?? [], best!, measure));
}

function freshOf(rivals: readonly Measurement[], best: string, measure: string): FreshEstimate | null {
  const places = [...new Set(rivals.map(({ setting }) => setting[best]))];
  if (places.length < 2) return null; // nothing was chosen
  const settings = places.map((place): SeedValue[] =>
    rivals
      .filter(({ setting }) => setting[best] === place)
      .map(({ seed, values }) => ({ seed, value: values?.[measure] ?? NaN })),
  );
  const found = twoStage(settings, { better: 'lower' });
  if (found === null || found.fresh.length === 0) return null;
  const values = found.fresh.map(({ value }) => value);
  return {
    at: places[found.chosen] ?? null,
    tuningSeeds: found.tuning.map(({ seed }) => seed),
    seeds: found.fresh.map(({ seed }) => seed),
    mean: mean(values),
    t: tInterval(values),
    n: values.length,
    diverged: values.filter((value) => !Number.isFinite(value)).length,
  };
}
