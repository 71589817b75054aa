/**
 * SnAp characters: a dense gated recurrent unit with SnAp-1 under a softmax of the classes that come next, learned online
 * with Adam, one step at a time (Menick et al. 2021, section 5.1, without their minibatches, sparsity and hidden layer).
 *
 * hidden-markov-text at its defaults, 200,000 characters, bits per character over the last tenth, where the best constant
 * pays 2.861, who sees the latest character 2.617, and the entropy rate is 2.224:
 *   alpha 1e-3   2.250 (seeds 0-4), 3e-4 2.247 (0-4), 3e-3 2.254 (0-2); at 1e-2 one seed of three goes astray
 *   estimator    none, the state as it was drawn: 2.48; uoro 2.70; rflo 2.25 (seeds 0-2 each)
 */
import { defineAgent } from '../src/agent.ts';

export default defineAgent({
  summary: 'tells classes: 32 gated recurrent units with SnAp-1 under a softmax, Adam',
  cite: 'menick2021practical',
  cell: { id: 'gru', units: 32 },
  estimator: { id: 'snap', n: 1 },
  features: { id: 'raw' },
  head: { id: 'softmax' },
  rule: { id: 'adam', alpha: 1e-3, lambda: 0 },
});
