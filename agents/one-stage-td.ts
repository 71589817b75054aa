/**
 * The columnar net of Javed et al. 2023 as published there: seven LSTM columns that learn all the time, with the settings
 * of constructive-td. columnar-td is the recipe of this project, with settings of its own.
 */
import { defineAgent } from '../src/agent.ts';

export default defineAgent({
  summary: '7 LSTM columns in one stage (columnar, as published), exact gradients, TD(lambda), RMSprop',
  cite: 'javed2023scalable',
  cell: {
    id: 'staged-columns',
    columns: 7,
    perStage: 7,
    scale: 0.01,
    normalise: { rate: 0.99999, floor: 0.01 },
  },
  estimator: { id: 'columnar' },
  features: { id: 'normalised', rate: 0.99999, floor: 0.01 },
  rule: { id: 'rmsprop', alpha: 3e-4, lambda: 0.99, decay: 0.9999, start: 1 },
  growth: { id: 'constructive', stepsPerStage: 1_000_000_000_000 },
});
