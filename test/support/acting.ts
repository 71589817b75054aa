import { createRng, type Rng } from '@rl-tools/envs';
import type { AgentInput } from '../../src/agent.ts';
import { type Assembled, type AssembleNeeds, assembleReference } from '../../src/assemble.ts';
import type { ReferenceLearner } from '../../src/learner.ts';
import { smallAgent, stepOf } from './learners.ts';

/** A head that acts on the observation alone, learned by TD(lambda) with plain steps. */
export function memoryless(head: AgentInput['head'], rule: object = {}): Partial<AgentInput> {
  return {
    cell: { id: 'none' },
    estimator: { id: 'none' },
    features: { id: 'raw', bias: false, observation: true },
    head,
    rule: { id: 'td-lambda', alpha: 0.1, lambda: 0.8, ...rule },
  };
}

export const discreteSpace = (n: number) => ({ kind: 'discrete', n, toString: () => `Discrete(${n})` });

export const assembleActor = (
  over: Partial<AgentInput>,
  actions: number,
  needs: Partial<AssembleNeeds> = {},
): Promise<Assembled<ReferenceLearner>> =>
  assembleReference(smallAgent(over), { inputSize: 2, seed: 0, actionSpace: discreteSpace(actions), ...needs });

/** What an action leads to from a place; next = null: the episode ends. */
export type Move = (
  place: number,
  action: number,
  rng: Rng,
) => { readonly reward: number; readonly next: number | null };

export interface World {
  readonly places: number; // seen as one-hot
  readonly discount: number;
  readonly move: Move;
}

const seen = (place: number | null, places: number): number[] =>
  Array.from({ length: places }, (_, i) => (i === place ? 1 : 0));

/** From place 0, again and again; `visit` sees what was done where. */
export function act(
  learner: ReferenceLearner,
  { places, discount, move }: World,
  steps: number,
  visit: (place: number, action: number) => void = () => undefined,
): void {
  const rng = createRng('world');
  let place: number | null = null;
  for (let t = 0; t < steps; t++) {
    if (place === null) {
      place = 0;
      learner.step(stepOf(seen(0, places), 0, discount, { start: true }));
      continue;
    }
    const { action } = learner;
    visit(place, action);
    const { reward, next } = move(place, action, rng);
    learner.step(stepOf(seen(next, places), reward, next === null ? 0 : discount));
    place = next;
  }
}
