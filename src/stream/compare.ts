/**
 * compare(learner, estimators): passive estimators beside the active one, on the same lane and stream; they see every
 * step, change nothing, and their gradients of v_t are held against the active estimator's.
 *
 *   --[x, c, gamma]--------------------[x, c, gamma]--|
 *        compare(learner, { rtrl, immediate })
 *   --{ rtrl: {cosine, relativeError}, ...}---...-----|
 *
 * cosine and relativeError are means over the chunk's steps at which the active gradient is not zero.
 */
import { map, type OperatorFunction } from 'rxjs';
import type { ReportChunk, StepChunk } from '../chunk.ts';
import type { ReferenceLearner } from '../learner.ts';
import { createReportChunk } from '../report-chunk.ts';
import type { Estimator, Step } from '../types.ts';
import { cosine } from '../statistics/cosine.ts';
import { relativeError } from '../statistics/relative-error.ts';

export interface Alignment {
  readonly cosine: number; // of the passive gradient with the active one
  readonly relativeError: number; // |passive - active| / |active|
  readonly steps: number; // that entered the means
}

export interface Comparison {
  readonly report: ReportChunk;
  readonly alignments: Readonly<Record<string, Alignment>>;
}

export function compare(
  learner: ReferenceLearner,
  estimators: Readonly<Record<string, Estimator>>,
): OperatorFunction<StepChunk, Comparison> {
  const passive = Object.entries(estimators).map(([name, estimator]) => ({
    name,
    gradient: learner.watch(estimator),
  }));
  let report: ReportChunk | undefined;
  return map((chunk) => {
    if (report?.steps !== chunk) report = createReportChunk(chunk);
    learner.check(chunk);
    const sums = passive.map(() => ({ cosine: 0, relativeError: 0, steps: 0 }));
    for (let i = 0; i < chunk.length; i++) {
      const { prediction, delta } = learner.step(stepOf(chunk, i));
      report.prediction.set(prediction, i * chunk.questions);
      report.delta.set(delta, i * chunk.questions);
      passive.forEach(({ gradient }, j) => add(sums[j]!, gradient, learner.gradient));
    }
    report.length = chunk.length;
    return { report, alignments: Object.fromEntries(passive.map(({ name }, j) => [name, mean(sums[j]!)])) };
  });
}

function add(
  sum: { cosine: number; relativeError: number; steps: number },
  passive: Float64Array,
  active: Float64Array,
): void {
  if (active.every((value) => value === 0)) return; // nothing to be aligned with
  sum.cosine += cosine(passive, active);
  sum.relativeError += relativeError(passive, active);
  sum.steps++;
}

function mean({ cosine: angle, relativeError: error, steps }: Alignment): Alignment {
  return { cosine: angle / steps, relativeError: error / steps, steps };
}

/** Step i of a chunk, as views on its columns. */
function stepOf(chunk: StepChunk, i: number): Step {
  const { inputSize: m, questions: K } = chunk;
  const step = {
    observation: chunk.observation.subarray(i * m, (i + 1) * m),
    cumulant: chunk.cumulant.subarray(i * K, (i + 1) * K),
    discount: chunk.discount.subarray(i * K, (i + 1) * K),
    start: chunk.start[i] === 1,
    ratio: chunk.ratio[i]!,
  };
  return chunk.target ? { ...step, target: chunk.target.subarray(i * K, (i + 1) * K) } : step;
}
