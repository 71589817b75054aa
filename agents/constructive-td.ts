/**
 * Columnar-constructive TD (CCN; Javed et al. 2023): 20 LSTM columns in stages of 4, a million steps each. A stage reads
 * the input and all earlier columns one step late, learns from exact gradients in O(parameters), and is then frozen; its
 * head weights go on learning.
 *
 * As published: RMSprop on delta z with decay .9999 from nu_0 = 1, lambda .99, weights ~ U(-.01, .01), head step sizes
 * divided by the columns born, statistics at rate .99999 with least variance .01: those of inputs stage by stage and
 * frozen with their stage, those of features for ever. alpha 3e-4 is the steadier of the step sizes tried with the
 * published program at this length (1e-3, 3e-4).
 * Different from the published code: traces of every stage are exact, where its second and later stages took h(t) of
 * earlier columns for the h(t-1) that had been read.
 */
import { defineAgent } from '../src/agent.ts';

export default defineAgent({
  summary: '20 LSTM columns in stages of 4 (CCN), exact gradients, TD(lambda), RMSprop',
  cite: 'javed2023scalable',
  cell: {
    id: 'staged-columns',
    columns: 20,
    perStage: 4,
    scale: 0.01,
    normalise: { rate: 0.99999, floor: 0.01 },
  },
  estimator: { id: 'columnar' },
  features: { id: 'normalised', rate: 0.99999, floor: 0.01 },
  rule: { id: 'rmsprop', alpha: 3e-4, lambda: 0.99, decay: 0.9999, start: 1 },
  growth: { id: 'constructive', stepsPerStage: 1_000_000 },
});
