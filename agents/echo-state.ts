/**
 * Echo state: a fixed random recurrent net (Jaeger 2001) under recursive least squares. Nothing but the read-out learns,
 * and that as well as the states allow: the control for all that learns its state. It has no step size to choose.
 *
 * 100 leaky tanh units that keep a tenth of their weights, spectral radius .9 (.7 and .99 are as good here). On trace
 * patterning, 60,000 steps, three seeds: gain 3, which with the radius fixed scales the inputs, is better than 1, .3 and
 * 10; leak .2 is a little better than .3 and .5, .1 and 1 are worse; ridge .1 better than 1 and 10, .01 as good; lambda
 * .99 better than .9 by a little and than 0 by much. Forgetting 1: the world does not change.
 */
import { defineAgent } from '../src/agent.ts';

export default defineAgent({
  summary: 'a fixed random net of 100 leaky tanh units, LSTD(lambda) by recursive least squares',
  cite: 'jaeger2001echo',
  cell: { id: 'tanh', units: 100, leak: 0.2, density: 0.1, gain: 3, spectralRadius: 0.9 },
  estimator: { id: 'none' },
  features: { id: 'raw', bias: true, observation: true },
  rule: { id: 'rls', forgetting: 1, ridge: 0.1, lambda: 0.99 },
});
