/**
 * Columnar TD (Javed et al. 2023; the estimator is Javed, White & Sutton 2021): independent LSTM columns whose traces
 * are the exact gradient in O(parameters), learned with TD(lambda), RMSprop on delta z, at every step.
 *
 * As published: RMSprop decay .9999, lambda .99, statistics of inputs and features at rate .99999 with least variance
 * .01. 20 columns and alpha .0003 are this project's standard.
 * Different from the published code, each because it learns faster or steadier in 500,000 steps:
 *   start 1e-4       nu_0; from 1 it takes some 90,000 steps to get there, and until then steps are too small
 *   headAlpha 1e-4   below alpha (the published head has alpha / columns), or the head chases columns that still move
 *   scale .3         weights ~ U(-.3, .3); published .1 and .01
 *   forgetBias 1     columns begin with a memory of some steps (Gers 2000)
 */
import { defineAgent } from '../src/agent.ts';

export default defineAgent({
  summary: '20 LSTM columns with exact gradients, TD(lambda), RMSprop',
  cite: 'javed2023scalable',
  cell: { id: 'lstm-columns', columns: 20, scale: 0.3, forgetBias: 1 },
  estimator: { id: 'columnar' },
  features: { id: 'normalised', rate: 0.99999, floor: 0.01 },
  rule: { id: 'rmsprop', alpha: 3e-4, headAlpha: 1e-4, lambda: 0.99, decay: 0.9999, start: 1e-4 },
  inputs: { rate: 0.99999, floor: 0.01 },
});
