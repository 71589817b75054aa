/**
 * Actor-critic on columns: 20 LSTM columns with exact traces (Javed et al. 2023) under a linear softmax policy and a
 * linear value with one eligibility (Elsayed, Vasan & Mahmood 2024), RMSprop on delta z.
 */
import { defineAgent } from '../src/agent.ts';

export default defineAgent({
  summary: 'acts: linear actor and critic on 20 LSTM columns with exact gradients, RMSprop',
  cite: 'elsayed2024streaming',
  cell: { id: 'lstm-columns', columns: 20, scale: 0.3, forgetBias: 1 },
  estimator: { id: 'columnar' },
  features: { id: 'normalised', rate: 0.999, floor: 0.01, observation: true },
  head: { id: 'actor-critic', entropy: 0.01 },
  rule: { id: 'rmsprop', alpha: 3e-4, headAlpha: 1e-3, lambda: 0.9, decay: 0.999, start: 0.01 },
});
