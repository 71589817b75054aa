/**
 * Scores predictions while they are made: squared error against the continuing empirical return G_t, or against the
 * environment's own target (`value`) where it has one, averaged in bins.
 */
import type { ReportChunk } from '../chunk.ts';
import { type BinRecord, bins } from './bins.ts';
import { returnStream } from './returns.ts';

export type EvaluationTarget = 'return' | 'value';

export interface Evaluator {
  push(report: ReportChunk): void;
  finish(): void;
  save(): unknown;
  load(saved: unknown): void;
}

export function evaluator(target: EvaluationTarget, width: number, emit: (record: BinRecord) => void): Evaluator {
  const means = bins(width, emit);
  const score = (time: number, v: number, G: number): void => means.add(time, (v - G) ** 2);
  const returns = returnStream(score);
  let time = 0;
  return {
    push({ steps, prediction, length }) {
      const K = steps.questions;
      for (let i = 0; i < length; i++, time++) {
        const v = prediction[i * K]!;
        const y = steps.value[i]!;
        if (target === 'return') {
          returns.push(time, v, steps.cumulant[i * K]!, steps.discount[i * K]!, steps.start[i] === 1);
        } else if (!Number.isNaN(y)) score(time, v, y);
      }
    },
    finish() {
      returns.finish();
      means.finish();
    },
    save: () => ({ time, returns: returns.save(), means: means.save() }),
    load(saved) {
      const from = saved as { time: number; returns: number[]; means: number[] };
      time = from.time;
      returns.load(from.returns);
      means.load(from.means);
    },
  };
}
