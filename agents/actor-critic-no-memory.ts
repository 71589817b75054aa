/**
 * Actor-critic without a memory: the policy and value of actor-critic on the present observation alone, by the same
 * rule. The control that shows what memory is worth.
 */
import { defineAgent } from '../src/agent.ts';

export default defineAgent({
  summary: 'acts: linear actor and critic on the observation alone, RMSprop',
  cite: 'elsayed2024streaming',
  cell: { id: 'none' },
  estimator: { id: 'none' },
  features: { id: 'raw', bias: true, observation: true },
  head: { id: 'actor-critic', entropy: 0.01 },
  rule: { id: 'rmsprop', alpha: 1e-3, lambda: 0.95, decay: 0.999, start: 0.01 },
});
