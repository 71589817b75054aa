/**
 * The gradient dL/dtheta of the test-bed's loss while the read-out learns at every step, through all of its updates:
 *   delta_t = y*_t - w_t . h_t,   w_{t+1} = w_t + a delta_t h_t                                          (1)
 * theta being the same throughout. Exactly, with mu_t = dL/dw_t, backwards from mu_T = 0:
 *   e_t = dL/ddelta_t = delta_t + a mu_{t+1} . h_t                                                       (2)
 *   q_t = dL/dh_t at a fixed past = a delta_t mu_{t+1} - e_t w_t,   mu_t = mu_{t+1} - e_t h_t             (3)
 *   dL/dtheta = sum_t q_t' dh_t/dtheta                                                                   (4)
 */
import { agentSchema } from '../../agent.ts';
import { assembleReference } from '../../assemble.ts';
import { sequenceGradient } from '../../sequence-gradient.ts';
import { type Bed, dot, statesOf } from './bed.ts';

/** By back-propagation through the read-out (2, 3) and the cell (4). */
export function exactMetaGradient(bed: Bed, alpha: number): Float64Array {
  const { cell, inputs } = bed;
  const errors = errorsOf(bed, alpha);
  const out = new Float64Array(cell.params.length);
  const error = (t: number, _h: Float64Array, q: Float64Array): void => {
    for (let i = 0; i < q.length; i++) q[i]! += errors[t]![i]!;
  };
  sequenceGradient(cell, inputs, error, inputs.length, out);
  return out;
}

/** q_t [T x M]. */
function errorsOf(bed: Bed, alpha: number): Float64Array[] {
  const states = statesOf(bed);
  const deltas = new Float64Array(states.length);
  let w = bed.head;
  const weights = states.map((h, t) => {
    const present = w;
    const delta = (deltas[t] = bed.targets[t]! - dot(w, h));
    w = w.map((value, i) => value + alpha * delta * h[i]!); // (1)
    return present;
  });
  const mu = new Float64Array(w.length);
  const errors = states.map(() => new Float64Array(w.length));
  for (let t = states.length - 1; t >= 0; t--) {
    const h = states[t]!;
    const e = deltas[t]! + alpha * dot(mu, h); // (2)
    for (let i = 0; i < mu.length; i++) {
      errors[t]![i] = alpha * deltas[t]! * mu[i]! - e * weights[t]![i]!; // (3)
      mu[i]! -= e * h[i]!;
    }
  }
  return errors;
}

/** By the step-size rule `through-updates` in a learner; theta, which it moves by -dL/dtheta, is put back at every step. */
export async function learnedMetaGradient(bed: Bed, alpha: number): Promise<Float64Array> {
  const agent = agentSchema.parse({
    summary: 'columns, and a read-out that learns',
    cell: { ...bed.cellOptions, id: 'deep-columns' },
    estimator: { id: 'columnar' },
    features: { id: 'raw', bias: false },
    rule: { id: 'through-updates', alpha: 1, headAlpha: alpha },
  });
  const { learner, parts } = await assembleReference(agent, { inputSize: bed.inputs[0]!.length, seed: bed.seed });
  const { params } = learner.cell;
  const theta = Float64Array.from(params);
  const out = new Float64Array(theta.length);
  const none = new Float64Array(1);
  parts.head.weights.set(bed.head);
  bed.inputs.forEach((observation, t) => {
    const target = bed.targets.subarray(t, t + 1);
    learner.step({ observation, cumulant: none, discount: none, start: t === 0, target });
    for (let i = 0; i < out.length; i++) out[i]! -= params[i]! - theta[i]!;
    params.set(theta);
  });
  return out;
}
