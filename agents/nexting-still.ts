/**
 * nexting on a state that does not learn: 20 LSTM columns as they were drawn. The control that shows what learning the
 * state is worth to many questions.
 */
import { defineAgent } from '../src/agent.ts';

export default defineAgent({
  summary: 'every signal at horizons 1 to 64 on 20 LSTM columns that stay as drawn',
  cite: 'modayil2014multi',
  cell: { id: 'lstm-columns', columns: 20, scale: 0.3, forgetBias: 1 },
  estimator: { id: 'columnar' },
  features: { id: 'normalised', rate: 0.9999, floor: 0.01, observation: true, bias: true },
  head: { id: 'horde', nexting: { signals: 'all', horizons: [1, 2, 4, 8, 16, 32, 64] }, recurrent: 'none' },
  rule: { id: 'td-lambda', alpha: 1e-4, headAlpha: 1e-3, lambda: 0.9 },
});
