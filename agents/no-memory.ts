/**
 * No memory: a linear prediction from the present observation and a bias. The control that shows what memory is worth
 * ("presence" in Rafiee et al. 2023).
 *
 * RMSprop with alpha 1e-4, the best of 1e-3, 3e-4, 1e-4; lambda .99, decay .9999 and nu_0 1e-4 as in columnar-td.
 */
import { defineAgent } from '../src/agent.ts';

export default defineAgent({
  summary: 'the observation alone, linear TD(lambda), RMSprop',
  cite: 'rafiee2023eyeblinks',
  cell: { id: 'none' },
  estimator: { id: 'none' },
  features: { id: 'raw', bias: true, observation: true },
  rule: { id: 'rmsprop', alpha: 1e-4, lambda: 0.99, decay: 0.9999, start: 1e-4 },
});
