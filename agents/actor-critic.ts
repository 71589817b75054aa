/**
 * Actor-critic on trace units: 10 recurrent trace units (Elelimy et al. 2024) with exact traces, under a linear softmax
 * policy and a linear value with one eligibility (Elsayed, Vasan & Mahmood 2024), RMSprop on delta z. It solves Bakker's
 * T-maze of length 10, where actor-critic-no-memory chooses the arm by chance.
 *
 * Tuned there, 200,000 steps; success over the last tenth, seeds 0-19: at least 99.2 % with every seed. lambda .9: at
 * least 98.8 %; .95 lasts 17 steps, longer than the corridor. Trace units begin with a long memory: with estimator none,
 * their state as it was drawn, seeds 0-4 come to 98.7 % and more too. Columns that must learn to remember show what
 * learning is worth: 20 LSTM columns (scale .3, forgetBias 1, lambda .9), 250,000 steps, exceed 95 % with 19 seeds of 20
 * (18 of 20 at lambda .95); left as they were drawn they come to 75-88 % (seeds 0-4). Found on those columns, six seeds:
 *   headAlpha 1e-3   above alpha: 3e-4 comes to 57-99.6 %; 3e-3 fails one seed
 *   alpha 3e-4       1e-3 fails two seeds, 1e-4 is too slow
 *   entropy .01      0 leaves one seed in the wrong habit; .05 is less steady
 *   decay .999       .9999 fails one seed
 * ObGD in RMSprop's place: four seeds of six with one bound over all, one of six with one for the state and one for the
 * head.
 */
import { defineAgent } from '../src/agent.ts';

export default defineAgent({
  summary: 'acts: linear actor and critic on 10 trace units with exact gradients, RMSprop',
  cite: 'elsayed2024streaming',
  cell: { id: 'rtu', units: 10 },
  estimator: { id: 'columnar' },
  features: { id: 'normalised', rate: 0.999, floor: 0.01, observation: true },
  head: { id: 'actor-critic', entropy: 0.01 },
  rule: { id: 'rmsprop', alpha: 3e-4, headAlpha: 1e-3, lambda: 0.95, decay: 0.999, start: 0.01 },
});
