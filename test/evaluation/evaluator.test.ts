import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import { createStepChunk, type ReportChunk } from '../../src/chunk.ts';
import type { BinRecord } from '../../src/evaluation/bins.ts';
import { type EvaluationTarget, evaluator } from '../../src/evaluation/evaluator.ts';
import { createReportChunk } from '../../src/report-chunk.ts';

/** A life of `length` steps in reports of `size`; every tenth step has no target of its own. */
function reports(length: number, size: number): ReportChunk[] {
  const rng = createRng('life');
  const out: ReportChunk[] = [];
  for (let at = 0; at < length; at += size) {
    const chunk = createStepChunk(size, 1);
    const report = createReportChunk(chunk);
    report.length = chunk.length = Math.min(size, length - at);
    for (let i = 0; i < chunk.length; i++) {
      const t = at + i;
      report.prediction[i] = rng.normal();
      chunk.cumulant[i] = rng.normal();
      chunk.discount[i] = t % 7 === 6 ? 0 : 0.5;
      chunk.start[i] = t % 25 === 0 ? 1 : 0;
      chunk.value[i] = t % 10 === 9 ? NaN : rng.normal();
    }
    out.push(report);
  }
  return out;
}

function scored(target: EvaluationTarget, chunks: readonly ReportChunk[], saveAfter = -1): BinRecord[] {
  const records: BinRecord[] = [];
  let of = evaluator({ target, every: 20, from: 150 }, (record) => records.push(record));
  chunks.forEach((report, i) => {
    of.push(report);
    if (i !== saveAfter) return;
    const saved: unknown = JSON.parse(JSON.stringify(of.save()));
    of = evaluator({ target, every: 20, from: 150 }, (record) => records.push(record));
    of.load(saved);
  });
  of.finish();
  return records;
}

describe.each(['return', 'value'] as const)('the evaluator of the %s', (target) => {
  it('does not know the size of the chunks', () => {
    const whole = scored(target, reports(200, 200));
    expect(scored(target, reports(200, 7))).toEqual(whole);
    expect(scored(target, reports(190, 7))).not.toEqual(whole);
    expect(whole).toHaveLength(10);
  });

  it('goes on from where it was saved', () => {
    for (const after of [0, 3, 11]) {
      expect(scored(target, reports(200, 13), after)).toEqual(scored(target, reports(200, 13)));
    }
  });
});

it('scores against the value that the environment tells, where it tells one', () => {
  const [report] = reports(20, 20);
  const { prediction, steps } = report!;
  const errors = [...steps.value].flatMap((y, i) => (Number.isNaN(y) ? [] : [(prediction[i]! - y) ** 2]));
  const [record] = scored('value', [report!]);
  expect(record).toMatchObject({ step: 20, count: 18 });
  expect(record!.msre).toBeCloseTo(errors.reduce((sum, e) => sum + e, 0) / 18, 12);
});

it('scores against the return that followed', () => {
  const [report] = reports(7, 7); // the last discount is 0
  const { prediction, steps } = report!;
  let G = 0;
  let sum = 0;
  for (let t = 5; t >= 0; t--) {
    G = steps.cumulant[t + 1]! + steps.discount[t + 1]! * G;
    sum += (prediction[t]! - G) ** 2;
  }
  const [record] = scored('return', [report!]);
  expect(record!.count).toBe(6);
  expect(record!.msre).toBeCloseTo(sum / 6, 12);
});

it('keeps the mean of the last steps apart, across a save as well', () => {
  const chunks = reports(200, 13);
  const whole = evaluator({ target: 'value', every: 20, from: 150 }, () => undefined);
  let sum = 0;
  let count = 0;
  let time = 0;
  let parts = evaluator({ target: 'value', every: 20, from: 150 }, () => undefined);
  for (const report of chunks) {
    whole.push(report);
    parts.push(report);
    const saved: unknown = JSON.parse(JSON.stringify(parts.save()));
    parts = evaluator({ target: 'value', every: 20, from: 150 }, () => undefined);
    parts.load(saved);
    for (let i = 0; i < report.length; i++, time++) {
      if (time < 150 || Number.isNaN(report.steps.value[i]!)) continue;
      sum += (report.prediction[i]! - report.steps.value[i]!) ** 2;
      count++;
    }
  }
  expect(whole.final()).toBeCloseTo(sum / count, 12);
  expect(parts.final()).toBe(whole.final());
  expect(evaluator({ target: 'value', every: 20, from: 150 }, () => undefined).final()).toBeNull();
});
