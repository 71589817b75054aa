/**
 * e-prop (Bellec et al. 2020), its eligibility: influence through a unit's own hidden state, not through what the unit
 * tells others or itself. With R the own block of ds_t/ds_{t-1} at fixed sums, which is `direct`'s (direct-traces.ts):
 *   eps_t = R_t eps_{t-1} + ds_t/dW                                        (1) eligibility vector
 *   e_t = kappa e_{t-1} + eps_t                                            (2) filtered as a leaky read-out would be
 *   dL/dW ~= q' e_t                                                        (3)
 * Of an LSTM, s = [c; h], (1) reads eps_c <- f eps_c + dc_t/dW, and its h is o phi'(c_t) eps_c (+ dh_t/dW_o).
 * The learning signal q is the true one, or by the learner's option `feedback` a random one.
 * With kappa = 0 this is rflo: both papers leave out the same part of D and differ in their cells and feedback.
 * Names collide: jax_rtrl's `eprop` keeps phi' W_ii and is SnAp-1 here, its `snap0` is `immediate`; braintrace's
 * recurrence scope 'coupled' is SnAp-1, 'diagonal' is this.
 */
import { z } from 'zod';
import { directEstimator, directTraces } from '../direct-traces.ts';
import { definePart } from '../part.ts';
import { rowLoops, rowTracesMacs } from '../row-traces.ts';
import { named } from '../stateful.ts';
import type { Cell, Estimator, EstimatorNeeds } from '../types.ts';

const options = z.strictObject({
  kappa: z.number().min(0).lt(1).default(0).describe('decay of the filtered eligibility, that of a leaky read-out'),
});

export default definePart<z.infer<typeof options>, EstimatorNeeds, Estimator>({
  cite: 'bellec2020solution',
  summary: "e-prop: eligibility through a unit's own hidden state, filtered where asked for, O(p)",
  options,
  create: ({ kappa }, _rng, { cell }) => (kappa === 0 ? directEstimator(cell) : filtered(cell, kappa)),
});

function filtered(cell: Cell, kappa: number): Estimator {
  const { traces, update, places } = directTraces(cell);
  const smooth = new Float64Array(traces.length); // e_t [entries x b]
  return {
    ...named({ traces, smooth }, () => {
      traces.fill(0);
      smooth.fill(0);
    }),
    needs: [],
    noKernel: 'of e-prop only the unfiltered eligibility is compiled; kappa 0 is',
    exactOn: (rows) => rows.source.length === 0,
    cost: { entries: 2 * traces.length, macsPerStep: rowTracesMacs(cell) + traces.length, anotherPull: traces.length },
    update(d) {
      update(d.lane); // (1)
      for (let i = 0; i < smooth.length; i++) smooth[i] = kappa * smooth[i]! + traces[i]!; // (2)
    },
    pull: rowLoops(cell, smooth).pull, // (3)
    places,
  };
}
