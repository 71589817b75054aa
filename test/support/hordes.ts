/** Hordes beside the single learners that they stand for: the same life, questions in columns. */
import { createRng } from '@rl-tools/envs';
import { type AgentInput } from '../../src/agent.ts';
import { assembleReference } from '../../src/assemble.ts';
import type { ReferenceLearner } from '../../src/learner.ts';
import type { Step } from '../../src/types.ts';
import { smallAgent } from './learners.ts';

export const INPUTS = 2;
export const SEEN = 0; // an entry of the observation

/** Three questions, two of them of one discount. */
export const QUESTIONS = [
  { cumulant: 'reward', discount: 0.9 },
  { cumulant: SEEN, discount: 0.5 },
  { cumulant: 1, discount: 0.9 },
] as const;
export const K = QUESTIONS.length;

export interface Told {
  readonly head?: object;
  readonly agent?: Partial<AgentInput>;
  readonly learning?: boolean;
}

export async function createHorde({ head = {}, agent = {}, learning = true }: Told = {}): Promise<ReferenceLearner> {
  const recipe = smallAgent({ ...agent, head: { id: 'horde', questions: QUESTIONS, recurrent: 'exact', ...head } });
  return (await assembleReference(recipe, { inputSize: INPUTS, seed: 0, learning })).learner;
}

/** The learner of one of them alone. */
export async function createSingle({ agent = {}, learning = true }: Told = {}): Promise<ReferenceLearner> {
  return (await assembleReference(smallAgent(agent), { inputSize: INPUTS, seed: 0, learning })).learner;
}

export interface Life {
  readonly steps?: number;
  readonly seed?: string;
  readonly starts?: boolean; // an episode of 40 steps, then another
  readonly ratios?: boolean;
}

/** Steps of K questions of random signals, by the discounts above. */
export function lifeOf({ steps = 120, seed = 'life', starts = true, ratios = false }: Life = {}): Step[] {
  const rng = createRng(seed);
  return Array.from({ length: steps }, (_, t) => {
    const observation = Float64Array.from({ length: INPUTS }, () => rng.normal());
    const cumulant = Float64Array.of(rng.normal(), observation[SEEN]!, observation[1]!);
    const discount = Float64Array.from(QUESTIONS, (question) => question.discount);
    return {
      observation,
      cumulant,
      discount,
      start: starts ? t % 40 === 0 : t === 0,
      ratio: ratios && t % 3 === 1 ? 0.5 : 1,
    };
  });
}

/** The steps as question k alone sees them. */
export const only = (life: readonly Step[], k: number): Step[] =>
  life.map((step) => ({ ...step, cumulant: step.cumulant.slice(k, k + 1), discount: step.discount.slice(k, k + 1) }));

/** Predictions [steps x K], copied. */
export const live = (learner: ReferenceLearner, life: readonly Step[]): number[][] =>
  life.map((step) => [...learner.step(step).prediction]);
