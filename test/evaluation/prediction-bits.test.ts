import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import { createStepChunk, type ReportChunk } from '../../src/chunk.ts';
import { type BitsRecord, predictionBits } from '../../src/evaluation/prediction-bits.ts';
import { createReportChunk } from '../../src/report-chunk.ts';

const K = 3;

/** A life of `length` steps in reports of `size`; every tenth step asks nothing. */
function reports(length: number, size: number): ReportChunk[] {
  const rng = createRng('bits');
  const out: ReportChunk[] = [];
  for (let at = 0; at < length; at += size) {
    const chunk = createStepChunk(size, 1, K, true);
    const report = createReportChunk(chunk);
    report.length = chunk.length = Math.min(size, length - at);
    for (let i = 0; i < chunk.length; i++) {
      const p = [0.1 + rng.uniform(), 0.1 + rng.uniform(), 0.1 + rng.uniform()];
      const sum = p.reduce((a, b) => a + b);
      report.prediction.set(p.map((x) => x / sum), i * K); // prettier-ignore
      chunk.value[i] = (at + i) % 10 === 9 ? NaN : rng.integer(0, K - 1);
    }
    out.push(report);
  }
  return out;
}

function scored(chunks: readonly ReportChunk[], saveAfter = -1) {
  const records: BitsRecord[] = [];
  const make = () => predictionBits({ every: 20, from: 150 }, (record) => records.push(record));
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

/** -log2 of what was put on the class that came, by step; NaN where nothing was asked. */
const costs = (chunks: readonly ReportChunk[]): number[] =>
  chunks.flatMap(({ steps, prediction, length }) =>
    Array.from({ length }, (_, i) => -Math.log2(prediction[i * K + steps.value[i]!] ?? NaN)),
  );

const mean = (values: readonly number[]): number => {
  const known = values.filter((value) => !Number.isNaN(value));
  return known.reduce((a, b) => a + b) / known.length;
};

describe('bits per prediction', () => {
  const chunks = reports(200, 13);
  const all = costs(chunks);

  it('are the mean cost of the class that came, stretch by stretch and over the last steps', () => {
    const { records, final } = scored(chunks);
    expect(records.map(({ step, count }) => [step, count])).toEqual(Array.from({ length: 10 }, (_, b) => [20 * b + 20, 18])); // prettier-ignore
    records.forEach(({ bits }, b) => expect(bits).toBeCloseTo(mean(all.slice(20 * b, 20 * b + 20)), 12));
    expect(final).toBeCloseTo(mean(all.slice(150)), 12);
    expect(Math.abs(final! - mean(all.slice(148)))).toBeGreaterThan(1e-6);
  });

  it('do not know the size of the chunks, and go on from where they were saved', () => {
    const whole = scored(reports(200, 200));
    expect(scored(reports(200, 7))).toEqual(whole);
    for (const after of [0, 3, 11]) expect(scored(chunks, after)).toEqual(whole);
    expect(scored(reports(190, 7))).not.toEqual(whole);
  });

  it('are infinite where the class that came was held impossible, and stay so through a save', () => {
    const sure = reports(20, 5);
    sure[1]!.prediction.set([0, 0.5, 0.5], 2 * K);
    sure[1]!.steps.value[2] = 0;
    for (const after of [-1, 2]) expect(scored(sure, after).records[0]!.bits).toBe(Infinity);
  });

  it('are unknown where nothing was asked', () => {
    const [report] = reports(10, 10);
    report!.steps.value.fill(NaN);
    expect(scored([report!])).toEqual({ records: [], final: null });
  });
});
