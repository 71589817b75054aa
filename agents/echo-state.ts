/**
 * Echo state: a fixed random recurrent net (Jaeger 2001) under recursive least squares. Nothing but the read-out learns,
 * and that as well as the states allow: the control for all that learns its state.
 *
 * 100 tanh units that keep a tenth of their weights.
 */
import { defineAgent } from '../src/agent.ts';

export default defineAgent({
  summary: 'a fixed random net of 100 leaky tanh units, LSTD(lambda) by recursive least squares',
  cite: 'jaeger2001echo',
  cell: { id: 'tanh', units: 100, leak: 0.3, density: 0.1, spectralRadius: 0.9 },
  estimator: { id: 'none' },
  features: { id: 'raw', bias: true, observation: true },
  rule: { id: 'rls', forgetting: 1, ridge: 1, lambda: 0.9 },
});
