/** Many questions scored at once are so many evaluators, in one line of metrics per stretch. */
import { createRng } from '@rl-tools/envs';
import { expect, it } from 'vitest';
import { createStepChunk, type ReportChunk } from '../../src/chunk.ts';
import type { BinRecord } from '../../src/evaluation/bins.ts';
import { evaluator } from '../../src/evaluation/evaluator.ts';
import { questionErrors, type QuestionsRecord } from '../../src/evaluation/question-errors.ts';
import { createReportChunk } from '../../src/report-chunk.ts';

const DISCOUNTS = [0, 0.5, 0.9];
const K = DISCOUNTS.length;
const OPTIONS = { every: 500, from: 2_000 };

/** A life of one episode, so that nothing is scored before its mass is spent. */
function reports(length: number, size: number, discounts = DISCOUNTS): ReportChunk[] {
  const rng = createRng('life');
  return Array.from({ length: Math.ceil(length / size) }, (_, n) => {
    const chunk = createStepChunk(size, 1, K);
    const report = createReportChunk(chunk);
    report.length = chunk.length = Math.min(size, length - n * size);
    for (let i = 0; i < chunk.length; i++) {
      chunk.start[i] = n === 0 && i === 0 ? 1 : 0;
      for (let k = 0; k < K; k++) {
        report.prediction[i * K + k] = rng.normal();
        chunk.cumulant[i * K + k] = rng.normal();
        chunk.discount[i * K + k] = discounts[k]!;
      }
    }
    return report;
  });
}

function scored(chunks: readonly ReportChunk[], saveAfter = -1, options = OPTIONS) {
  const records: QuestionsRecord[] = [];
  const make = () => questionErrors(K, options, (record) => records.push(record));
  let of = make();
  chunks.forEach((report, i) => {
    of.push(report);
    if (i !== saveAfter) return;
    const saved: unknown = JSON.parse(JSON.stringify(of.save()));
    of = make();
    of.load(saved);
  });
  of.finish();
  return { records, final: of.final() };
}

it('each question has the errors of an evaluator of its own, and the line their mean', () => {
  const life = reports(3_000, 100);
  const { records, final } = scored(life);
  for (let question = 0; question < K; question++) {
    const alone: BinRecord[] = [];
    const one = evaluator({ ...OPTIONS, target: 'return', question }, (record) => alone.push(record));
    for (const report of life) one.push(report);
    one.finish();
    expect(records.map(({ questions }) => questions[question])).toEqual(alone.map(({ msre }) => msre));
    expect(final.questions[question]).toBe(one.final());
  }
  expect(new Set(final.questions).size).toBe(K);
  for (const { msre, questions } of records)
    expect(msre).toBeCloseTo((questions[0]! + questions[1]! + questions[2]!) / K);
  expect(records.map(({ step }) => step)).toEqual([500, 1000, 1500, 2000, 2500, 3000]);
});

it('goes on from what was saved, wherever it stood', () => {
  const life = reports(3_000, 70);
  const whole = scored(life);
  for (const after of [3, 17, 30]) expect(scored(life, after)).toEqual(whole);
  expect(scored(reports(2_990, 70))).not.toEqual(whole);
});

it('leaves out the end of a life in which a long return is no longer known', () => {
  const { records, final } = scored(reports(2_990, 70), -1, { every: 20, from: 2_000 });
  expect(records.at(-1)!.step).toBeLessThan(2_980); // short returns alone are known until then
  expect(records.map(({ step }) => step)).toEqual(records.map((_, i) => 20 * (i + 1))); // none is missing before
  expect(records.every(({ questions }) => questions.every((msre) => msre !== null))).toBe(true);
  expect(final.questions).not.toContain(null);
});

it('a question whose return is never known takes no line from the others', () => {
  const { records } = scored(reports(100, 70, [0, 0.5, 1]), -1, { every: 20, from: 0 });
  expect(records.length).toBeGreaterThan(2);
  for (const { msre, questions } of records) {
    expect(questions[2]).toBe(null);
    expect(msre).toBeCloseTo((questions[0]! + questions[1]!) / 2);
  }
});
