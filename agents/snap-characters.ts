/**
 * SnAp characters: a GRU under a softmax of the classes that come next, learned online with SnAp-1 and Adam.
 */
import { defineAgent } from '../src/agent.ts';

export default defineAgent({
  summary: 'tells classes: 32 gated recurrent units with SnAp-1 under a softmax, Adam',
  cite: 'menick2021practical',
  cell: { id: 'gru', units: 32 },
  estimator: { id: 'snap', n: 1 },
  features: { id: 'raw', observation: false, bias: true },
  head: { id: 'softmax' },
  rule: { id: 'adam', alpha: 1e-3, lambda: 0 },
});
