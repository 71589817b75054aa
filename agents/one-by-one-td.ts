/**
 * The constructive net of Javed et al. 2023: ten LSTM columns, learned one after the other, each reading all before it.
 * Everything else is constructive-td's, which learns four at a time.
 */
import { defineAgent } from '../src/agent.ts';

export default defineAgent({
  summary: '10 LSTM columns, learned one by one (constructive), exact gradients, TD(lambda), RMSprop',
  cite: 'javed2023scalable',
  cell: {
    id: 'staged-columns',
    columns: 10,
    perStage: 1,
    scale: 0.01,
    normalise: { rate: 0.99999, floor: 0.01 },
  },
  estimator: { id: 'columnar' },
  features: { id: 'normalised', rate: 0.99999, floor: 0.01 },
  rule: { id: 'rmsprop', alpha: 3e-4, lambda: 0.99, decay: 0.9999, start: 1 },
  growth: { id: 'constructive', stepsPerStage: 500_000 },
});
