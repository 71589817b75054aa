/**
 * SnAp TD: a dense gated recurrent unit with the SnAp-1 estimator (Menick et al. 2021), which keeps one trace per
 * parameter, on the unit that the parameter moves first, and forgets all other influence. RMSprop on delta z.
 *
 * 18 units: the planned multiply-adds per step are within 2 % of columnar-td's at 12 inputs. updateBias -2 lets the
 * state last some ten steps at the start, as forgetBias does for columns; -1 and 0 learn as well, a little later.
 * alpha 3e-4 is better than 1e-3, and at updateBias 0 than 1e-4; headAlpha 1e-4 is better than 3e-4. Lambda, RMSprop's
 * decay and nu_0, and the statistics of inputs and features are columnar-td's.
 */
import { defineAgent } from '../src/agent.ts';

export default defineAgent({
  summary: '18 gated recurrent units with SnAp-1, TD(lambda), RMSprop',
  cite: 'menick2021practical',
  cell: { id: 'gru', units: 18, updateBias: -2 },
  estimator: { id: 'snap', n: 1 },
  features: { id: 'normalised', rate: 0.99999, floor: 0.01 },
  rule: { id: 'rmsprop', alpha: 3e-4, headAlpha: 1e-4, lambda: 0.99, decay: 0.9999, start: 1e-4 },
  inputs: { rate: 0.99999, floor: 0.01 },
});
