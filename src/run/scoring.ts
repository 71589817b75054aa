/** How a run is scored while it is lived: errors of predictions, or what the agent earns. */
import type { EnvMetadata } from '@rl-tools/envs';
import type { ReportChunk } from '../chunk.ts';
import { earnings } from '../evaluation/earnings.ts';
import { evaluator } from '../evaluation/evaluator.ts';
import type { MetricsRow } from '../results/metrics-file.ts';
import { runScores, type RunScores } from './result.ts';
import type { Setting } from './setting.ts';

export interface Scoring {
  push(report: ReportChunk): void;
  finish(): void;
  scores(): RunScores;
  save(): unknown;
  load(saved: unknown): void;
}

/** `emit` gets a line of metrics.jsonl per stretch of `every` steps. */
export function scoring(setting: Setting, metadata: EnvMetadata, emit: (row: MetricsRow) => void): Scoring {
  const { target, every, steps, window } = setting;
  const from = steps - window;
  if (target === 'episodes') {
    const earned = earnings({ every, from }, (row) => emit({ ...row }));
    return { ...earned, scores: () => ({ msre: null, explained: null, ...earned.final() }) };
  }
  const errors = evaluator({ target, every, from }, (row) => emit({ ...row }));
  return { ...errors, scores: () => runScores(errors.final(), setting, metadata) };
}

/** The number that a line of metrics.jsonl is about: mean squared error, or mean return. */
export function figureOf(row: MetricsRow): number | null {
  const value = row['msre'] ?? row['return'] ?? null;
  return typeof value === 'number' ? value : null;
}
