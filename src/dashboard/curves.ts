/** Learning curves of an experiment: each setting over its seeds, on a few of the steps that they share. */
import { tInterval } from '../statistics/t-interval.ts';
import { mean } from '../statistics/mean.ts';
import { figureIfAny, figureOf } from '../run/figure.ts';
import type { Inside } from './inside.ts';
import type { Curves, SettingCurves } from './protocol.ts';
import type { FoundRun, Records } from './records.ts';
import { readRows } from './rows.ts';
import { LARGEST } from './sound.ts';

/** What is kept of a line of metrics.jsonl. */
interface Point {
  readonly step: number;
  readonly figure: number | null;
}

const MOST = 500_000; // points that are remembered, some 20 MB

export interface CurveReader {
  read(experiment: string, points: number, only: readonly string[] | null, isWanted?: () => boolean): Promise<Curves>;
}

export function curveReader(inside: Inside, records: Records): CurveReader {
  const cache = new Map<string, { readonly stamp: string; readonly rows: readonly Point[] }>(); // the oldest first
  let held = 0; // points
  const forget = (key: string): void => {
    held -= cache.get(key)?.rows.length ?? 0;
    cache.delete(key);
  };
  const rowsOfRun = async ({ names }: FoundRun, points: number, isWanted: () => boolean): Promise<readonly Point[]> => {
    const file = await inside.file(...names, 'metrics.jsonl');
    if (file === null || file.bytes > LARGEST.rows) return [];
    const [key, stamp] = [`${points} ${file.path}`, `${file.bytes} ${file.changed}`];
    const before = cache.get(key);
    if (before?.stamp === stamp) return before.rows;
    const { some } = await readRows(file.path, points, { isWanted });
    const rows = some.nested().map((row) => ({ step: row.step, figure: figureOf(row as never) }));
    if (!isWanted()) return rows; // not all of them
    forget(key);
    cache.set(key, { stamp, rows });
    held += rows.length;
    for (const oldest of cache.keys()) if (held > MOST) forget(oldest);
    return rows;
  };
  return {
    async read(experiment, points, only, isWanted = () => true) {
      const { runs } = await records.all(experiment);
      const bySetting = new Map<string, FoundRun[]>();
      for (const run of runs) {
        const [, setting] = run.names;
        if (only === null || only.includes(setting)) bySetting.set(setting, [...(bySetting.get(setting) ?? []), run]);
      }
      const settings: SettingCurves[] = [];
      for (const [hash, own] of bySetting) {
        const rows: (readonly Point[])[] = [];
        for (const run of own) rows.push(await rowsOfRun(run, points, isWanted));
        settings.push(curvesOf(hash, own, rows, points));
      }
      return { experiment, settings };
    },
  };
}

function curvesOf(
  hash: string,
  runs: readonly FoundRun[],
  rows: readonly (readonly Point[])[],
  points: number,
): SettingCurves {
  // The longest file is the most thinned out: of its steps the others have all that they have reached.
  const longest = rows.reduce((most, own) => ((own.at(-1)?.step ?? 0) > (most.at(-1)?.step ?? 0) ? own : most));
  const all = longest.map(({ step }) => step);
  const count = Math.min(points, all.length);
  const steps = Array.from({ length: count }, (_, i) => all[Math.ceil(((i + 1) * all.length) / count) - 1]!);
  const values = rows.map((own) => {
    const at = new Map(own.map(({ step, figure }) => [step, figure]));
    return steps.map((step) => at.get(step) ?? null);
  });
  const diverged = runs.map(({ record }, i) =>
    record.status === 'diverged' ? (record.end?.steps ?? rows[i]!.at(-1)?.step ?? 0) : null,
  );
  const bands = steps.map((step, i) => {
    const there = values.flatMap((curve) => curve[i] ?? []);
    // The mean of those that survived would flatter.
    const isOver = diverged.some((at, run) => at !== null && (rows[run]!.at(-1)?.step ?? 0) < step);
    return there.length === 0 || isOver ? NOTHING : bandOf(there);
  });
  const { title, lower } = figureIfAny(runs[0]!.record.config['target']) ?? UNKNOWN;
  return {
    hash,
    title,
    isLowerBetter: lower,
    steps,
    seeds: runs.map(({ record }) => record.seed),
    diverged,
    values,
    mean: bands.map((band) => band.mean),
    low: bands.map((band) => band.low),
    high: bands.map((band) => band.high),
  };
}

const UNKNOWN = { title: 'error', lower: true };
const NOTHING = { mean: null, low: null, high: null };

function bandOf(values: readonly number[]) {
  const { low, high } = values.length > 1 ? tInterval(values) : { low: NaN, high: NaN };
  const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
  return { mean: finite(mean(values)), low: finite(low), high: finite(high) };
}
