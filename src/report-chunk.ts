import type { ReportChunk, StepChunk } from './chunk.ts';

/** Memory for the answers to one step chunk. */
export function createReportChunk(steps: StepChunk): ReportChunk {
  const size = steps.cumulant.length; // capacity x K
  return { steps, length: 0, prediction: new Float64Array(size), delta: new Float64Array(size) };
}
