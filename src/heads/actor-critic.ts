/**
 * Actor and critic, both linear in phi (streaming AC(lambda): Elsayed, Vasan & Mahmood 2024; Sutton & Barto 2018,
 * section 13.6), with n actions:
 *   v = w_0 . phi,   h_a = w_a . phi / temperature,   pi = softmax(h)                                        (1)
 *   delta_t = c_t + gamma_t v_t - v_{t-1}
 *   U = critic v + actor log pi(a_t),   B = actor entropy H,   H = -sum_a pi(a) log pi(a)                    (2)
 *   z_{t-1} = gamma_{t-1} lambda z_{t-2} + grad U_{t-1} + sign(delta_t) grad B_{t-1}
 *   d log pi(a_t) / dh_b = [a_t = b] - pi(b),   dH / dh_b = -pi(b) (log pi(b) + H)                            (3)
 * pi in (3) is the one that a_t was drawn from, so that the score is 0 in the mean whatever the weights did since. The
 * eligibility and the order of a step: learning/control.ts. `actor` and `critic` give the two parts step sizes of their
 * own, times the rule's, where a rule's steps grow with the gradient (td-lambda, obgd); where a rule divides by it
 * (rmsprop), they weigh the two in what the state learns, and `temperature` sets the speed of the actor.
 */
import { z } from 'zod';
import type { Slope } from '../control.ts';
import { countActions } from '../discrete-actions.ts';
import { allFinite } from '../divergence-error.ts';
import { definePart } from '../part.ts';
import { named } from '../stateful.ts';
import type { Head, HeadNeeds } from '../types.ts';

const options = z.strictObject({
  critic: z.number().min(0).default(1).describe('weight of v in U'),
  actor: z.number().min(0).default(1).describe('weight of log pi in U'),
  entropy: z.number().min(0).default(0.01).describe('weight of the entropy beside log pi; 0 saves a pull per step'),
  temperature: z.number().gt(0).default(1).describe('of the softmax'),
});

export default definePart<z.infer<typeof options>, HeadNeeds, Head>({
  cite: 'elsayed2024streaming',
  summary: 'acts: softmax policy and value, one eligibility for both, entropy bonus; weights start at 0',
  options,
  acts: true,
  create({ critic, actor, entropy, temperature }, _rng, needs) {
    const { size } = needs;
    const actions = countActions(needs, 'actor-critic');
    const weights = new Float64Array((1 + actions) * size); // [w_0; w_1 .. w_n] of `size` each
    const drawn = new Float64Array(1);
    const pi = new Float64Array(actions);
    const logPi = new Float64Array(actions);
    const dU = new Float64Array(1 + actions); // dU / d[v; w_a . phi]
    const dB = new Float64Array(1 + actions);
    const v = new Float64Array(1);
    const rows = new Float64Array(1 + actions); // [v; w_a . phi]

    /** Of a function of v and w_a . phi whose slopes are d. */
    const slope = (d: Float64Array): Slope => ({
      gradient(dPhi) {
        dPhi.fill(0);
        for (let r = 0; r < d.length; r++) {
          for (let i = 0; i < size; i++) dPhi[i]! += d[r]! * weights[r * size + i]!;
        }
      },
      weightGradient(phi, out) {
        for (let r = 0; r < d.length; r++) for (let i = 0; i < size; i++) out[r * size + i]! += d[r]! * phi[i]!;
      },
    });
    const value = slope(Float64Array.of(1));
    const differentiate = (action: number): void => {
      let H = 0;
      for (let b = 0; b < actions; b++) H -= pi[b]! * logPi[b]!; // 2
      dU[0] = critic;
      for (let b = 0; b < actions; b++) {
        dU[1 + b] = (actor / temperature) * ((b === action ? 1 : 0) - pi[b]!); // 3
        dB[1 + b] = ((-actor * entropy) / temperature) * pi[b]! * (logPi[b]! + H);
      }
    };

    return {
      ...named({ weights }, () => undefined),
      outputs: 1,
      weights,
      noKernel: 'it chooses an action at every step',
      predict(phi, out) {
        multiply(weights, phi, rows);
        for (let a = 0; a < actions; a++) logPi[a] = rows[1 + a]! / temperature;
        normalise(logPi, pi);
        v[0] = rows[0]!;
        if (!allFinite(logPi)) v[0] = NaN; // nothing can be drawn: the learner stops
        out[0] = v[0];
      },
      gradient: (_k, dPhi) => value.gradient(dPhi),
      weightGradient: (_k, phi, out) => value.weightGradient(phi, out),
      control: {
        actions,
        bootstrap: v,
        value: v,
        carry: Float64Array.of(1),
        score: slope(dU),
        ...(entropy > 0 ? { bonus: slope(dB) } : {}),
        choose(rng) {
          rng.fill(drawn);
          let left = drawn[0]!;
          let action = 0;
          while (action < actions - 1 && left >= pi[action]!) left -= pi[action++]!;
          differentiate(action);
          return action;
        },
      },
    };
  },
});

function multiply(w: Float64Array, phi: Float64Array, out: Float64Array): void {
  for (let r = 0; r < out.length; r++) {
    out[r] = 0;
    for (let i = 0; i < phi.length; i++) out[r]! += w[r * phi.length + i]! * phi[i]!;
  }
}

/** From preferences to log probabilities, in place, and probabilities. */
function normalise(h: Float64Array, pi: Float64Array): void {
  let top = -Infinity;
  for (let a = 0; a < h.length; a++) top = Math.max(top, h[a]!);
  let total = 0;
  for (let a = 0; a < h.length; a++) total += Math.exp(h[a]! - top);
  const base = top + Math.log(total);
  for (let a = 0; a < h.length; a++) {
    h[a]! -= base;
    pi[a] = Math.exp(h[a]!);
  }
}
