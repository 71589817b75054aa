/**
 * The last steps of a run, kept for trace.json. How long the run will be is known, so nothing is kept until its last
 * stretch: before it a chunk costs one comparison, and a checkpoint holds nothing of it.
 */
import type { ReportChunk } from '../chunk.ts';
import type { Trace } from '../results/trace-file.ts';
import { classTrace } from './class-trace.ts';

export const TRACE_STEPS = 512; // at most

export interface StepTrace {
  /** `time`: steps lived, those of the report included. */
  push(report: ReportChunk, time: number): void;
  /** null: there is none, the run was taken up where it ended. */
  trace(): Trace | null;
  /** For a checkpoint; undefined while nothing is kept. */
  save(): Trace | undefined;
}

/**
 * `steps`: of the whole run; `time`: at which it begins or goes on; `saved`: what a checkpoint of that step holds. With
 * `tellsClasses` predictions are probabilities, and a step's value is the class that comes.
 */
export function stepTrace(steps: number, time = 0, saved?: Trace, tellsClasses = false): StepTrace {
  const from = saved?.from ?? Math.max(time, steps - TRACE_STEPS);
  const kept = {
    prediction: numbersOf(saved?.prediction),
    cumulant: numbersOf(saved?.cumulant),
    discount: numbersOf(saved?.discount),
    start: [...(saved?.start ?? [])],
    value: numbersOf(saved?.value ?? saved?.prediction.map(() => null)),
  };
  const classes = tellsClasses ? classTrace(saved?.classes) : null;
  const trace = (): Trace | null => {
    if (kept.start.length === 0) return null;
    const hasValue = kept.value.some((value) => !Number.isNaN(value));
    return {
      format: 1,
      from,
      prediction: finite(kept.prediction),
      cumulant: finite(kept.cumulant),
      discount: finite(kept.discount),
      start: [...kept.start],
      value: hasValue ? finite(kept.value) : null,
      ...(classes && { classes: classes.trace() }),
    };
  };
  return {
    push({ steps: chunk, prediction, length }, now) {
      const { questions: K } = chunk;
      const first = now - length; // step of the chunk's first entry
      for (let i = Math.max(0, from - first); i < length; i++) {
        kept.prediction.push(prediction[i * K]!);
        kept.cumulant.push(chunk.cumulant[i * K]!);
        kept.discount.push(chunk.discount[i * K]!);
        kept.start.push(chunk.start[i] === 1 ? 1 : 0);
        kept.value.push(chunk.value[i]!);
        classes?.push(prediction.subarray(i * K, (i + 1) * K), chunk.value[i]!);
      }
    },
    trace,
    save: () => trace() ?? undefined,
  };
}

const numbersOf = (saved: readonly (number | null)[] = []): number[] => saved.map((value) => value ?? NaN);

const finite = (values: readonly number[]): (number | null)[] =>
  values.map((value) => (Number.isFinite(value) ? value : null));
