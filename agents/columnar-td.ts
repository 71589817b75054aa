/** Columnar TD: 20 independent LSTM columns, exact traces, TD(lambda) with RMSprop (Javed et al. 2023). */
import { defineAgent } from '../src/agent.ts';

export default defineAgent({
  summary: '20 LSTM columns with exact gradients, TD(lambda), RMSprop',
  cite: 'javed2023scalable',
  cell: { id: 'lstm-columns', columns: 20 },
  estimator: { id: 'columnar' },
  features: { id: 'normalised' },
  rule: { id: 'rmsprop', alpha: 3e-4, lambda: 0.99 },
});
