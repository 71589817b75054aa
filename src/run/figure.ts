/** The one number that a run with a given target is about: its name in metrics.jsonl and scores, and its words. */
import type { MetricsRow } from '../results/metrics-file.ts';
import type { RunScores } from './result.ts';
import type { Target } from './setting.ts';

export interface Figure {
  readonly name: 'msre' | 'return' | 'bits';
  readonly short: string; // for progress and tables
  readonly title: string; // for axes
  readonly lower: boolean; // is better
}

const error = (target: 'return' | 'value'): Figure => ({
  name: 'msre',
  short: 'error',
  title: `mean squared error (${target})`,
  lower: true,
});

const FIGURES: Readonly<Record<Target, Figure>> = {
  return: error('return'),
  value: error('value'),
  episodes: { name: 'return', short: 'return', title: 'mean return of an episode', lower: false },
  bits: { name: 'bits', short: 'bits', title: 'bits per prediction', lower: true },
};

export const figureFor = (target: Target): Figure => FIGURES[target];

/** null: there is none for this, whatever it is. */
export const figureIfAny = (target: unknown): Figure | null =>
  typeof target === 'string' && Object.hasOwn(FIGURES, target) ? FIGURES[target as Target] : null;

/** Of a line of metrics.jsonl, whatever its target. */
export function figureOf(row: MetricsRow): number | null {
  const value = row['msre'] ?? row['return'] ?? row['bits'] ?? null;
  return typeof value === 'number' ? value : null;
}

/** Of the scores of a run; null: nothing could be scored. */
export const figureOfScores = (target: Target, scores: Pick<RunScores, 'msre' | 'return' | 'bits'>): number | null =>
  scores[figureFor(target).name] ?? null;
