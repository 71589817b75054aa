/** How a run is scored while it is lived: errors of predictions, bits of classes, or what the agent earns. */
import type { EnvMetadata } from '@rl-tools/envs';
import type { ReportChunk } from '../chunk.ts';
import { earnings } from '../evaluation/earnings.ts';
import { evaluator } from '../evaluation/evaluator.ts';
import { predictionBits } from '../evaluation/prediction-bits.ts';
import { questionErrors } from '../evaluation/question-errors.ts';
import { nameQuestions, type Question } from '../questions.ts';
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
export function scoring(
  setting: Setting,
  metadata: EnvMetadata,
  emit: (row: MetricsRow) => void,
  asked: readonly Question[] | null = null,
): Scoring {
  const { target, every, steps, window } = setting;
  const from = steps - window;
  if (target === 'episodes') {
    const earned = earnings({ every, from }, (row) => emit({ ...row }));
    return { ...earned, scores: () => ({ msre: null, explained: null, ...earned.final() }) };
  }
  if (asked) {
    const errors = questionErrors(asked.length, { every, from }, (row) => emit({ ...row }));
    const names = nameQuestions(asked);
    const scores = (): RunScores => {
      const { msre, questions } = errors.final();
      return { msre, explained: null, questions: Object.fromEntries(names.map((name, k) => [name, questions[k]!])) };
    };
    return { ...errors, scores };
  }
  if (target === 'bits') {
    const ideal = metadata.bits?.ideal ?? null;
    const excess = (bits: number | null) => (ideal === null || bits === null ? {} : { excess: bits - ideal });
    const told = predictionBits({ every, from }, ({ count, ...row }) => emit({ ...row, ...excess(row.bits), count }));
    return { ...told, scores: () => ({ msre: null, explained: null, bits: told.final(), ...excess(told.final()) }) };
  }
  const errors = evaluator({ target, every, from }, (row) => emit({ ...row }));
  return { ...errors, scores: () => runScores(errors.final(), setting, metadata) };
}
