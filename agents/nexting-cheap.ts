/**
 * nexting with cheap credit: the columns learn from the sum of all errors at once, by one pull and no eligibility
 * (lambda 0). The head learns as there, by one eligibility per horizon.
 */
import { defineAgent } from '../src/agent.ts';

export default defineAgent({
  summary: 'every signal at horizons 1 to 64 on 20 LSTM columns, one pull for all questions',
  cite: 'modayil2014multi',
  cell: { id: 'lstm-columns', columns: 20, scale: 0.3, forgetBias: 1 },
  estimator: { id: 'columnar' },
  features: { id: 'normalised', rate: 0.9999, floor: 0.01, observation: true, bias: true },
  head: { id: 'horde', nexting: { signals: 'all', horizons: [1, 2, 4, 8, 16, 32, 64] }, recurrent: 'cheap' },
  rule: { id: 'td-lambda', alpha: 1e-4, headAlpha: 1e-3, lambda: 0.9 },
});
