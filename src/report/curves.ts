/** The curve of a run, from its metrics.jsonl: read once, where something needs it, and kept small. */
import { join } from 'node:path';
import { type MetricsRow, readMetrics } from '../results/metrics-file.ts';
import { figureOf } from '../run/figure.ts';
import { type Levels, levelsOf } from './levels.ts';
import { UserError } from '../user-error.ts';

export interface Curve {
  readonly steps: Float64Array; // [rows] last step of each row
  readonly values: Float64Array; // error, or return; NaN where nothing could be scored
  readonly counts: Float64Array; // how many steps a row is the mean of; 1 where it does not say
  readonly levels: Levels;
}

export interface CurveReader {
  read(folder: string): Curve;
  readonly problems: readonly string[]; // one line per file that could not be read
}

export function curveReader(): CurveReader {
  const known = new Map<string, Curve>();
  const problems: string[] = [];
  const read = (folder: string): Curve => {
    try {
      return curveOf(join(folder, 'metrics.jsonl'));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.push(error.message);
      return curveFrom([]);
    }
  };
  return {
    problems,
    read(folder) {
      const curve = known.get(folder) ?? read(folder);
      known.set(folder, curve);
      return curve;
    },
  };
}

const curveOf = (path: string): Curve => curveFrom(readMetrics(path));

function curveFrom(rows: readonly MetricsRow[]): Curve {
  const count = (value: unknown): number => (typeof value === 'number' ? value : 1);
  return {
    steps: Float64Array.from(rows, ({ step }) => step),
    values: Float64Array.from(rows, (row) => figureOf(row) ?? NaN),
    counts: Float64Array.from(rows, (row) => count(row['count'])),
    levels: levelsOf(rows),
  };
}

/** The mean over the whole run, every scored step counted once; NaN where none was. */
export function areaUnder({ values, counts }: Curve): number {
  let [sum, weight] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) continue;
    sum += values[i]! * counts[i]!;
    weight += counts[i]!;
  }
  return sum / weight;
}
