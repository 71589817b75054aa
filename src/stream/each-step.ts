/**
 * eachStep(learner, visit): learn(learner), and a look at the learner after every single step.
 *
 *   --[x, c, gamma]--[x, c, gamma]--|
 *       eachStep(learner, visit)       visit(), visit(), ... once per step
 *   --[v, delta]-----[v, delta]-----|
 */
import { map, type OperatorFunction } from 'rxjs';
import type { ReportChunk, StepChunk } from '../chunk.ts';
import type { Learner } from '../learner.ts';
import { createReportChunk } from '../report-chunk.ts';
import type { Step } from '../types.ts';

export function eachStep(learner: Learner, visit: () => void): OperatorFunction<StepChunk, ReportChunk> {
  let report: ReportChunk | undefined;
  return map((chunk) => {
    if (report?.steps !== chunk) report = createReportChunk(chunk);
    learner.check(chunk);
    for (let i = 0; i < chunk.length; i++) {
      const { prediction, delta } = learner.step(stepOf(chunk, i));
      report.prediction.set(prediction, i * chunk.questions);
      report.delta.set(delta, i * chunk.questions);
      visit();
    }
    report.length = chunk.length;
    return report;
  });
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
