/**
 * Scores probabilities of classes while they are made: bits per prediction, mean -log2 p of the class that came, in bins
 * and over the last steps. Online (prequential): each was made before its class was learned from. What is certain that
 * the class does not come, and is wrong, costs infinitely much.
 */
import type { ReportChunk } from '../chunk.ts';
import { bins } from './bins.ts';
import { finalScore } from './final-score.ts';

export interface BitsRecord {
  readonly step: number; // end of the bin: the mean covers [step - width, step)
  readonly bits: number;
  readonly count: number; // predictions scored in it
}

export interface PredictionBits {
  push(report: ReportChunk): void;
  finish(): void;
  /** Mean over the last steps, as far as classes came in them; null: none did. */
  final(): number | null;
  save(): unknown;
  load(saved: unknown): void;
}

/** `every`: steps per bin; `from`: first step that the final score counts. */
export function predictionBits(
  { every, from }: { readonly every: number; readonly from: number },
  emit: (record: BitsRecord) => void,
): PredictionBits {
  const means = bins(every, ({ step, msre: bits, count }) => emit({ step, bits, count }));
  const last = finalScore(from);
  let time = 0;
  return {
    push({ steps, prediction, length }) {
      const K = steps.questions;
      for (let i = 0; i < length; i++, time++) {
        const came = steps.value[i]!; // NaN: nothing was asked
        if (Number.isNaN(came)) continue;
        const bits = -Math.log2(prediction[i * K + came]!);
        means.add(time, bits);
        last.add(time, bits);
      }
    },
    finish: () => means.finish(),
    final: () => last.value(),
    save: () => ({ time, means: means.save(), last: last.save() }),
    load(saved) {
      const state = saved as { time: number; means: number[]; last: number[] };
      time = state.time;
      means.load(state.means);
      last.load(state.last);
    },
  };
}
