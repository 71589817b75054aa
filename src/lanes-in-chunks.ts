/** A learner of lanes as streams know learners: of a chunk, row b is the step of lane b. */
import { checkChunk, type StepChunk } from './chunk.ts';
import type { LanesLearner, LaneStep } from './lanes.ts';
import type { Learner } from './learner.ts';
import { UserError } from './user-error.ts';

/** `waits`: [B] 1 where the lane of that row has no step. A step whose `value` is NaN asks nothing. */
export function lanesInChunks(lanes: LanesLearner, waits: Uint8Array): Learner {
  const { inputSize: m, questions: K, lanes: B, parameters } = lanes;
  const { arrays, read, write, reset } = lanes;
  let rows: readonly LaneStep[] = [];
  let of: StepChunk | null = null;
  const steps: (LaneStep | null)[] = Array.from({ length: B }, () => null);
  const check = (chunk: StepChunk): void => {
    checkChunk(chunk, m, K);
    if (!chunk.target) throw new UserError('Cannot learn in lanes without targets: take an environment that has them');
    if (chunk.length !== B) throw new UserError(`Cannot share ${chunk.length} steps among ${B} lanes`);
  };
  return {
    ...{ arrays, read, write, reset },
    inputSize: m,
    questions: K,
    parameters,
    action: -1,
    check,
    step: () => {
      throw new UserError(`Cannot take one step by itself: the learner has ${B} lanes`);
    },
    run(chunk, out) {
      if (chunk !== of) {
        check(chunk);
        rows = Array.from({ length: B }, (_, b) => rowOf((of = chunk), b));
      }
      for (let b = 0; b < B; b++) steps[b] = waits[b] === 1 ? null : rows[b]!;
      const reports = lanes.step(steps);
      for (let b = 0; b < B; b++) {
        const { prediction, delta } = reports[b]!;
        for (let k = 0; k < K; k++) {
          out.prediction[b * K + k] = prediction[k]!;
          out.delta[b * K + k] = waits[b] === 1 ? 0 : delta[k]!;
        }
      }
      out.length = B;
    },
  };
}

/** Views of a chunk that is filled again and again. */
function rowOf(chunk: StepChunk, b: number): LaneStep {
  const { inputSize: m, questions: K } = chunk;
  const target = chunk.target!.subarray(b * K, (b + 1) * K);
  return {
    observation: chunk.observation.subarray(b * m, (b + 1) * m),
    get target() {
      return Number.isNaN(chunk.value[b]!) ? null : target;
    },
    get start() {
      return chunk.start[b] === 1;
    },
  };
}
