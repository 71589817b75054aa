/**
 * learn(learner): one report chunk per step chunk.
 *
 *   --[x, c, gamma]--[x, c, gamma]--|
 *            learn(learner)
 *   --[v, delta]-----[v, delta]-----|
 *
 * The report is valid until the next emission. A divergence arrives as an error and ends the stream.
 */
import { map, type OperatorFunction } from 'rxjs';
import type { ReportChunk, StepChunk } from '../chunk.ts';
import type { Learner } from '../learner.ts';
import { createReportChunk } from '../report-chunk.ts';

export function learn(learner: Learner): OperatorFunction<StepChunk, ReportChunk> {
  let report: ReportChunk | undefined;
  return map((steps) => {
    if (report?.steps !== steps) report = createReportChunk(steps);
    learner.run(steps, report);
    return report;
  });
}
