import { type AgentInput, defineAgent } from '../../src/agent.ts';
import { type AssembleNeeds, assembleReference } from '../../src/assemble.ts';
import type { ReferenceLearner } from '../../src/learner.ts';
import type { Step } from '../../src/types.ts';

/** A small agent: two tanh columns, exact traces, TD(lambda). */
const SMALL: AgentInput = {
  summary: 'a small agent',
  cite: 'sutton2018reinforcement',
  cell: { id: 'tanh-columns', columns: 2 },
  estimator: { id: 'columnar' },
  features: { id: 'raw' },
  rule: { id: 'td-lambda', alpha: 0.05, lambda: 0.8 },
};

export const smallAgent = (over: Partial<AgentInput> = {}) => defineAgent({ ...SMALL, ...over });

export async function smallLearner(
  over: Partial<AgentInput> = {},
  needs: Partial<AssembleNeeds> = {},
): Promise<ReferenceLearner> {
  return (await assembleReference(smallAgent(over), { inputSize: 2, seed: 0, ...needs })).learner;
}

/** A step of one question in plain numbers. */
export function stepOf(
  x: readonly number[],
  c = 0,
  gamma = 0.9,
  more: { start?: boolean; ratio?: number; target?: readonly number[] } = {},
): Step {
  const { start = false, ratio = 1, target } = more;
  const step = {
    observation: Float64Array.from(x),
    cumulant: Float64Array.of(c),
    discount: Float64Array.of(gamma),
    start,
    ratio,
  };
  return target ? { ...step, target: Float64Array.from(target) } : step;
}
