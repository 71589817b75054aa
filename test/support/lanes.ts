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

export async function lanesOf(
  over: Partial<AgentInput> = {},
  needs: Partial<AssembleNeeds> = {},
): Promise<LanesLearner> {
  const agent = smallAgent({ ...CLASSES, ...over });
  return (await assembleLanes(agent, { inputSize: 2, questions: 3, seed: 0, ...needs })).learner;
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
