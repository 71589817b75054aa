import { createRng } from '@rl-tools/envs';
import type { AgentInput } from '../../src/agent.ts';
import { assembleLanes, type AssembleNeeds } from '../../src/assemble.ts';
import type { LanesLearner, LaneStep } from '../../src/lanes.ts';
import { smallAgent } from './learners.ts';

/** Two GRU units, exact gradients, three classes, Adam. */
export const CLASSES: Partial<AgentInput> = {
  cell: { id: 'gru', units: 2 },
  estimator: { id: 'rtrl' },
  head: { id: 'softmax' },
  rule: { id: 'adam', alpha: 0.01 },
};

/** On the reference path, unless another is asked for. */
export async function lanesOf(
  over: Partial<AgentInput> = {},
  needs: Partial<AssembleNeeds> = {},
): Promise<LanesLearner> {
  const agent = smallAgent({ ...CLASSES, ...over });
  return (await assembleLanes(agent, { inputSize: 2, questions: 3, seed: 0, path: 'reference', ...needs })).learner;
}

/** Observations and one-hot targets; starts at multiples of `every`, from `first` on. */
export function classStream(seed: string, length: number, { every = 7, first = 0 } = {}): LaneStep[] {
  const rng = createRng(seed);
  return Array.from({ length }, (_, t) => {
    const target = new Float64Array(3);
    target[rng.integer(0, 2)] = 1;
    return {
      observation: Float64Array.of(rng.normal(), rng.normal()),
      target,
      start: t === 0 || (t - first) % every === 0,
    };
  });
}

/** Step t of all lanes, from streams of one length. */
export const together = (streams: readonly (readonly (LaneStep | null)[])[]): (LaneStep | null)[][] =>
  streams[0]!.map((_, t) => streams.map((stream) => stream[t]!));

export function live(learner: LanesLearner, ticks: readonly (readonly (LaneStep | null)[])[]): LanesLearner {
  for (const steps of ticks) learner.step(steps);
  return learner;
}

/**
 * What may happen to three classes in lanes: now and then a lane waits, or nothing is asked. Lanes start when they like, or
 * `alike`, all together.
 */
export function eventfulTicks(B: number, steps: number, alike: boolean, inputs = 2): (LaneStep | null)[][] {
  const rng = createRng('eventful');
  return Array.from({ length: steps }, (_, t) =>
    Array.from({ length: B }, (_, b): LaneStep | null => {
      const observation = Float64Array.from({ length: inputs }, () => rng.normal());
      const target = new Float64Array(3);
      target[rng.integer(0, 2)] = 1;
      const isAsked = rng.uniform() < 0.7;
      const start = t === 0 || (alike ? t % 12 === 0 : t % (7 + 2 * b) === b);
      const waits = !start && rng.uniform() < 0.1;
      return waits ? null : { observation, target: isAsked ? target : null, start };
    }),
  );
}
