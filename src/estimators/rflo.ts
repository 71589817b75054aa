/**
 * Random-feedback local online learning (Murray 2019), its eligibility: D without any recurrent weight. On the leaky net
 * h_i(t) = (1 - alpha) h_i(t-1) + alpha phi(u_i) that is
 *   p_ij(t) = (1 - alpha) p_ij(t-1) + alpha phi'(u_i) pre_j                  (1)
 *   dL/dW_ij ~= q_i p_ij(t)                                                (2)
 * and on any cell the trace by `direct`'s own block (direct-traces.ts): 1 - z of a GRU, [f, 0; E f, 0] of an LSTM.
 * The paper's random feedback, B in place of the read-out in q, is the learner's option `feedback`.
 * No leak: the immediate gradient. No weight from a unit to itself, b = 1: SnAp-1.
 */
import { z } from 'zod';
import { directEstimator } from '../direct-traces.ts';
import { definePart } from '../part.ts';
import type { Estimator, EstimatorNeeds } from '../types.ts';

export default definePart<Record<string, never>, EstimatorNeeds, Estimator>({
  cite: 'murray2019local',
  summary: 'random-feedback local online learning: a trace on the own unit that no recurrent weight feeds, O(p)',
  options: z.strictObject({}),
  create: (_options, _rng, { cell }) => directEstimator(cell), // (1), (2)
});
