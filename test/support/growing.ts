/** Agents that grow within a few steps, and lives for them. */
import { createRng } from '@rl-tools/envs';
import { type AgentInput, defineAgent } from '../../src/agent.ts';
import { assembleReference } from '../../src/assemble.ts';
import { createLearner, type LearnerParts, type ReferenceLearner } from '../../src/learner.ts';
import type { Stateful } from '../../src/types.ts';
import { stepOf } from './learners.ts';

export const INPUTS = 3;
const COLUMNS = 6;
export const PER_STAGE = 2;

/** Six columns in three stages; `normalise`: inputs by statistics of each stage. */
export const staged = (over: Partial<AgentInput> = {}, { normalise = false, steps = 20, rate = 0.99 } = {}) =>
  defineAgent({
    summary: 'columns in stages',
    cite: 'javed2023scalable',
    cell: {
      id: 'staged-columns',
      columns: COLUMNS,
      perStage: PER_STAGE,
      scale: 1,
      normalise: normalise ? { rate, floor: 0.01 } : null,
    },
    estimator: { id: 'columnar' },
    features: { id: 'normalised', rate },
    rule: { id: 'td-lambda', alpha: 0.01, lambda: 0.9 },
    growth: { id: 'constructive', stepsPerStage: steps },
    ...over,
  });

export interface Alive {
  readonly learner: ReferenceLearner;
  readonly parts: LearnerParts;
}

/** `change`: other parts in place of those of the recipe. */
export async function alive(
  agent: ReturnType<typeof defineAgent>,
  change: (parts: LearnerParts) => Partial<LearnerParts> = () => ({}),
  seed = 0,
): Promise<Alive & Pick<Awaited<ReturnType<typeof assembleReference>>, 'rngs' | 'exact'>> {
  const { parts: made, rngs, exact } = await assembleReference(agent, { inputSize: INPUTS, seed });
  const parts = { ...made, ...change(made) };
  return { parts, learner: createLearner(parts), rngs, exact };
}

/** Random inputs and cumulants of steps [from, until); v_t of every step. */
export function live({ learner }: Pick<Alive, 'learner'>, from: number, until: number): number[] {
  return Array.from({ length: until - from }, (_, i) => {
    const t = from + i;
    const rng = createRng(`life/${t}`);
    const x = Array.from({ length: INPUTS }, () => rng.normal());
    return learner.step(stepOf(x, rng.normal(), 0.9, { start: t === 0 })).prediction[0]!;
  });
}

/** Fills an array with numbers that a seed draws. */
export function draw(state: Stateful, name: string, make: (normal: number) => number = (value) => value): void {
  const rng = createRng(`draw/${name}`);
  state.write(
    name,
    Float64Array.from({ length: state.arrays[name]! }, () => make(rng.normal())),
  );
}
