/**
 * sample(every): single steps out of report chunks, one in `every`, for logs, dashboards and notebooks.
 *
 *   --[0..255]--[256..511]--|
 *        sample(200)
 *   --(0 200)---(400)-------|
 *
 * Counting does not depend on the chunk size. `steps()` is sample(1): every step, at some fifty nanoseconds each.
 */
import { Observable, type OperatorFunction } from 'rxjs';
import type { ReportChunk } from '../chunk.ts';

export interface Sample {
  readonly time: number; // t, steps since the first
  readonly prediction: number; // v_t of question 0
  readonly delta: number; // delta_t
  readonly cumulant: number; // c_t
  readonly discount: number; // gamma_t
  readonly start: boolean; // an episode starts here
  readonly observation: Float64Array; // x_t, a copy
}

export function sample(every: number): OperatorFunction<ReportChunk, Sample> {
  return (source) =>
    new Observable((subscriber) => {
      let time = 0; // of the chunk's first step
      return source.subscribe({
        next(report) {
          const skip = (every - (time % every)) % every;
          for (let i = skip; i < report.length && !subscriber.closed; i += every)
            subscriber.next(pick(report, i, time + i));
          time += report.length;
        },
        error: (error: unknown) => subscriber.error(error),
        complete: () => subscriber.complete(),
      });
    });
}

/** Every single step. */
export const steps = (): OperatorFunction<ReportChunk, Sample> => sample(1);

function pick({ steps: chunk, prediction, delta }: ReportChunk, i: number, time: number): Sample {
  const { inputSize: m, questions: K } = chunk;
  return {
    time,
    prediction: prediction[i * K]!,
    delta: delta[i * K]!,
    cumulant: chunk.cumulant[i * K]!,
    discount: chunk.discount[i * K]!,
    start: chunk.start[i] === 1,
    observation: chunk.observation.slice(i * m, (i + 1) * m),
  };
}
