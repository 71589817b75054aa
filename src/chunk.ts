import { UserError } from './user-error.ts';

/** Steps travel in chunks of columns; a chunk is valid until the next one is emitted, `copyChunk` is for keepers. */
export interface StepChunk {
  readonly inputSize: number; // m
  readonly questions: number; // K
  length: number; // steps filled, at most the capacity
  readonly observation: Float64Array; // [capacity x m]
  readonly cumulant: Float64Array; // [capacity x K]
  readonly discount: Float64Array; // [capacity x K]
  readonly start: Uint8Array; // [capacity] 1 where an episode opens
  readonly ratio: Float64Array; // [capacity] importance ratio, 1 on-policy
  readonly target: Float64Array | null; // [capacity x K] supervised targets
  readonly value: Float64Array; // [capacity] the environment's own evaluation target, NaN where it has none
  readonly success: Float64Array; // [capacity] 1 where an episode ended at its goal, 0 elsewhere; NaN: the environment knows of no goal
}

/** What the learner answered to a StepChunk, step by step. */
export interface ReportChunk {
  readonly steps: StepChunk;
  length: number;
  readonly prediction: Float64Array; // [capacity x K]
  readonly delta: Float64Array; // [capacity x K]
}

/** An empty chunk for `capacity` steps: `observation` [capacity x m], a column per question, length 0. */
export function createStepChunk(capacity: number, inputSize: number, questions = 1, supervised = false): StepChunk {
  return {
    inputSize,
    questions,
    length: 0,
    observation: new Float64Array(capacity * inputSize),
    cumulant: new Float64Array(capacity * questions),
    discount: new Float64Array(capacity * questions),
    start: new Uint8Array(capacity),
    ratio: new Float64Array(capacity).fill(1),
    target: supervised ? new Float64Array(capacity * questions) : null,
    value: new Float64Array(capacity).fill(NaN),
    success: new Float64Array(capacity).fill(NaN),
  };
}

/** A chunk that stays as it is when the next one is emitted. */
export function copyChunk(chunk: StepChunk): StepChunk {
  return {
    ...chunk,
    observation: chunk.observation.slice(),
    cumulant: chunk.cumulant.slice(),
    discount: chunk.discount.slice(),
    start: chunk.start.slice(),
    ratio: chunk.ratio.slice(),
    target: chunk.target?.slice() ?? null,
    value: chunk.value.slice(),
    success: chunk.success.slice(),
  };
}

/** Once per chunk: a chunk of another width would be read with the wrong stride. */
export function checkChunk({ inputSize, questions }: StepChunk, m: number, K: number): void {
  if (inputSize === m && questions === K) return;
  throw new UserError(
    `Cannot learn from chunks of ${inputSize} observations and ${questions} questions: the learner takes ${m} and ${K}`,
  );
}
