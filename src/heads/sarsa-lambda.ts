/**
 * Sarsa(lambda) (Sutton & Barto 2018, section 12.7), on policy, linear in phi, through head and state:
 *   delta_t = c_t + gamma_t q(s_t, a_t) - q(s_{t-1}, a_{t-1}),   z_t = gamma_t lambda z_{t-1} + grad q(s_t, a_t)
 * Values and the epsilon-greedy choice: action-values.ts. The order of a step: learning/control.ts.
 */
import { z } from 'zod';
import { actionValues, EXPLORATION } from '../action-values.ts';
import { definePart } from '../part.ts';
import { named } from '../stateful.ts';
import type { Head, HeadNeeds } from '../types.ts';

const options = z.strictObject(EXPLORATION);

export default definePart<z.infer<typeof options>, HeadNeeds, Head>({
  cite: 'sutton2018reinforcement',
  summary: 'acts: values of actions, epsilon-greedy, learned on policy; weights start at 0',
  options,
  acts: true,
  create(exploration, _rng, needs) {
    const { actions, weights, q, score, best, predict, choose } = actionValues('sarsa-lambda', needs, exploration);
    const value = new Float64Array(1); // q(s_t, a_t): both what s_t is worth and what a_t is expected to earn
    return {
      ...named({ weights }, () => undefined),
      outputs: 1,
      weights,
      noKernel: 'it chooses an action at every step',
      predict,
      gradient: (_k, dPhi) => best.gradient(dPhi),
      weightGradient: (_k, phi, out) => best.weightGradient(phi, out),
      control: {
        actions,
        bootstrap: value,
        value,
        carry: Float64Array.of(1),
        score,
        choose(rng, time) {
          const action = choose(rng, time);
          value[0] = q[action]!;
          return action;
        },
      },
    };
  },
});
