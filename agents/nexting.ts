/**
 * Nexting (Modayil, White & Sutton 2014): every signal of the observation at seven horizons, from 1 to 64 steps, all on
 * one learned state of 20 LSTM columns with exact traces. One eligibility per horizon serves the weights of all signals;
 * the columns keep one per question, which is most of what a step costs. nexting-cheap and nexting-still do without.
 */
import { defineAgent } from '../src/agent.ts';

export default defineAgent({
  summary: 'every signal at horizons 1 to 64 on 20 LSTM columns, an eligibility per question',
  cite: 'modayil2014multi',
  cell: { id: 'lstm-columns', columns: 20, scale: 0.3, forgetBias: 1 },
  estimator: { id: 'columnar' },
  features: { id: 'normalised', rate: 0.9999, floor: 0.01, observation: true, bias: true },
  head: { id: 'horde', nexting: { signals: 'all', horizons: [1, 2, 4, 8, 16, 32, 64] }, recurrent: 'exact' },
  rule: { id: 'td-lambda', alpha: 1e-4, headAlpha: 1e-3, lambda: 0.9 },
});
