/**
 * Scores predictions while they are made: squared error against the continuing empirical return G_t, or against the
 * environment's own target (`value`) where it has one, averaged in bins and over the last steps.
 */
import type { ReportChunk } from '../chunk.ts';
import { type BinRecord, bins } from './bins.ts';
import { finalScore } from './final-score.ts';
import { returnStream } from './returns.ts';

export type EvaluationTarget = 'return' | 'value';

export interface Evaluator {
  /** Takes the next steps; they are scored when their returns are known. */
  push(report: ReportChunk): void;
  /** The stream has ended: emits what is left. */
  finish(): void;
  /** Mean squared error of the last steps, as far as they are scored; null: none is. */
  final(): number | null;
  /** JSON from which `load` goes on. */
  save(): unknown;
  /** Back to where `save` was called. */
  load(saved: unknown): void;
}

export interface EvaluatorOptions {
  readonly target: EvaluationTarget;
  readonly every: number; // steps per bin
  readonly from: number; // first step that the final score counts
  readonly question?: number; // default 0
}

export function evaluator(
  { target, every, from, question = 0 }: EvaluatorOptions,
  emit: (record: BinRecord) => void,
): Evaluator {
  const means = bins(every, emit);
  const last = finalScore(from);
  const score = (time: number, v: number, G: number): void => {
    const squaredError = (v - G) ** 2;
    means.add(time, squaredError);
    last.add(time, squaredError);
  };
  const returns = returnStream(score);
  let time = 0;
  return {
    push({ steps, prediction, length }) {
      const K = steps.questions;
      for (let i = 0; i < length; i++, time++) {
        const at = i * K + question;
        const v = prediction[at]!;
        const y = steps.value[i]!;
        if (target === 'return') {
          returns.push(time, v, steps.cumulant[at]!, steps.discount[at]!, steps.start[i] === 1);
        } else if (!Number.isNaN(y)) score(time, v, y);
      }
    },
    finish() {
      returns.finish();
      means.finish();
    },
    final: () => last.value(),
    save: () => ({ time, returns: returns.save(), means: means.save(), last: last.save() }),
    load(saved) {
      const state = saved as { time: number; returns: number[]; means: number[]; last: number[] };
      time = state.time;
      returns.load(state.returns);
      means.load(state.means);
      last.load(state.last);
    },
  };
}
