/** Every n steps what a log says of learning. It reads; a step costs one addition per question, a record what it holds. */
import type { ReportChunk } from '../chunk.ts';
import type { StepSizes } from '../step-sizes-in-use.ts';
import { stepSizeRows } from './step-size-row.ts';

export type LoggedValues = Readonly<Record<string, number | null>>;

export interface LogMetrics {
  readonly every: number; // steps
  readonly emit: (step: number, values: LoggedValues) => void;
}

/** Takes each chunk, with the steps lived at its end, and the figure of the latest line of metrics.jsonl, named. */
export type FollowMetrics = (report: ReportChunk, time: number, figure: LoggedValues) => void;

export function followMetrics({ every, emit }: LogMetrics, stepSizes: StepSizes | null): FollowMetrics {
  const rowOf = stepSizes === null ? null : stepSizeRows(stepSizes);
  let sum = 0;
  let n = 0;
  return ({ steps, delta, length }, time, figure) => {
    const K = steps.questions;
    let medians: LoggedValues | null = null; // read once a chunk: they are those of its end
    for (let i = 0; i < length; i++) {
      for (let k = 0; k < K; k++) sum += Math.abs(delta[i * K + k]!);
      n += K;
      const step = time - length + i + 1;
      if (step % every !== 0) continue;
      medians ??= rowOf === null ? {} : mediansOf(rowOf(time));
      emit(step, { ...figure, absDelta: sum / n, ...medians });
      sum = n = 0;
    }
  };
}

function mediansOf(row: Readonly<Record<string, unknown>>): LoggedValues {
  const found = Object.entries(row).flatMap(([name, values]): [string, number][] =>
    name.endsWith('.quantiles')
      ? [[`stepSize.${name.slice(0, -'.quantiles'.length)}`, (values as readonly number[])[2]!]]
      : [],
  );
  return Object.fromEntries(found);
}
