/**
 * Scores many questions: each against its own return, by an evaluator of its own. A line of metrics is written once no
 * question can add to it: short horizons are scored early, long ones late. Stretches at the end that are over before a long
 * return is known are left out: a mean of the other questions alone would be another quantity.
 */
import type { ReportChunk } from '../chunk.ts';
import type { BinRecord } from './bins.ts';
import { evaluator, type EvaluatorOptions } from './evaluator.ts';

export interface QuestionsRecord {
  readonly step: number; // end of the bin
  readonly msre: number; // mean over the questions that are ever scored
  readonly count: number; // predictions scored
  readonly questions: readonly (number | null)[]; // msre of each; null: it never is scored, its return is too long
}

export interface QuestionErrors {
  push(report: ReportChunk): void;
  finish(): void;
  final(): { readonly msre: number | null; readonly questions: readonly (number | null)[] };
  save(): unknown;
  load(saved: unknown): void;
}

type Row = (BinRecord | null)[]; // [K]

export function questionErrors(
  K: number,
  options: Omit<EvaluatorOptions, 'question' | 'target'>,
  emit: (record: QuestionsRecord) => void,
): QuestionErrors {
  let waiting = new Map<number, Row>(); // by step, ascending
  const reached = new Float64Array(K); // end of the latest bin that each question is done with
  const collect = (k: number, record: BinRecord): void => {
    if (!waiting.has(record.step))
      waiting.set(
        record.step,
        Array.from({ length: K }, () => null),
      );
    waiting.get(record.step)![k] = record;
    reached[k] = record.step;
    release(Math.min(...reached));
  };
  const release = (until: number): void => {
    for (const step of [...waiting.keys()].sort((a, b) => a - b)) {
      if (step > until) break;
      const row = waiting.get(step)!;
      if (row.every((record, k) => record !== null || reached[k] === 0)) emit(recordOf(step, row));
      waiting.delete(step);
    }
  };
  const each = Array.from({ length: K }, (_, question) =>
    evaluator({ ...options, target: 'return', question }, (record) => collect(question, record)),
  );
  return {
    push(report) {
      for (let k = 0; k < K; k++) each[k]!.push(report);
    },
    finish() {
      for (const one of each) one.finish();
      release(Infinity);
    },
    final() {
      const questions = each.map((one) => one.final());
      return { msre: meanOf(questions), questions };
    },
    save: () => ({ each: each.map((one) => one.save()), reached: [...reached], waiting: [...waiting] }),
    load(saved) {
      const state = saved as { each: unknown[]; reached: number[]; waiting: [number, Row][] };
      each.forEach((one, k) => one.load(state.each[k]));
      reached.set(state.reached);
      waiting = new Map(state.waiting);
    },
  };
}

function recordOf(step: number, row: Row): QuestionsRecord {
  const questions = row.map((record) => record && (record.msre ?? Infinity)); // what JSON makes of infinity
  const count = row.reduce((sum, record) => sum + (record?.count ?? 0), 0);
  return { step, msre: meanOf(questions)!, count, questions };
}

function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.flatMap((value) => value ?? []);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}
