/**
 * TBPTT TD: a dense LSTM with back-propagation through the last steps, replayed at every step (Williams & Peng 1990),
 * TD(lambda), RMSprop on delta z. The usual way to learn a recurrent state, at the same budget as columnar-td.
 *
 * 5 units and a window of 14 steps: within 2 % of columnar-td's planned multiply-adds per step at 12 inputs. The same
 * budget spent as 4 x 20 learns as well, as 6 x 10 worse. alpha 3e-4 is better and steadier than 1e-3 over five seeds
 * (1e-3 was ahead on the first two); 3e-3 is worse. headAlpha 1e-4 is better than 3e-4. Lambda, RMSprop's decay and
 * nu_0, and the statistics of inputs and features are columnar-td's; the forget bias of 1 is the cell's standard.
 */
import { defineAgent } from '../src/agent.ts';

export default defineAgent({
  summary: '5 LSTM units, back-propagation through 14 steps, TD(lambda), RMSprop',
  cite: 'williams1990efficient',
  cell: { id: 'lstm', units: 5, forgetBias: 1 },
  estimator: { id: 'tbptt', window: 14, mode: 'rolling' },
  features: { id: 'normalised', rate: 0.99999, floor: 0.01 },
  rule: { id: 'rmsprop', alpha: 3e-4, headAlpha: 1e-4, lambda: 0.99, decay: 0.9999, start: 1e-4 },
  inputs: { rate: 0.99999, floor: 0.01 },
});
