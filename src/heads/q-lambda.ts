/**
 * Q(lambda), linear in phi, through head and state; off policy, of the greedy policy:
 *   delta_t = c_t + gamma_t max_a q(s_t, a) - q(s_{t-1}, a_{t-1}),   z_t = gamma_t lambda z_{t-1} + grad q(s_t, a_t)
 * What comes after an action that is not greedy tells nothing of greedy life before it, so z is cut there:
 *   cut = after    once delta_{t+1}, the error of that action itself, has been credited to all of z_t: then z = 0 (as
 *                  coded by Elsayed, Vasan & Mahmood 2024, whose text has it before)
 *   cut = before   z_t = grad q(s_t, a_t) alone (Watkins 1989; Sutton & Barto 2018, section 12.10)
 * Values and the epsilon-greedy choice: action-values.ts. The order of a step: learning/control.ts.
 */
import { z } from 'zod';
import { actionValues, EXPLORATION } from '../action-values.ts';
import { definePart } from '../part.ts';
import { named } from '../stateful.ts';
import type { Head, HeadNeeds } from '../types.ts';

const options = z.strictObject({
  ...EXPLORATION,
  cut: z.enum(['after', 'before']).default('after').describe('when an action that is not greedy ends the eligibility'),
});

export default definePart<z.infer<typeof options>, HeadNeeds, Head>({
  cite: 'elsayed2024streaming',
  summary: 'acts: values of actions, epsilon-greedy, learned of the greedy policy; weights start at 0',
  options,
  acts: true,
  create({ cut, ...exploration }, _rng, needs) {
    const values = actionValues('q-lambda', needs, exploration);
    const { actions, weights, q, score, best, predict, choose, greatest } = values;
    const bootstrap = new Float64Array(1); // max_a q(s_t, a)
    const value = new Float64Array(1); // q(s_t, a_t)
    const carry = new Float64Array(1);
    const explored = new Float64Array(2); // 1: not greedy; [the action before, this one]
    const cutter = cut === 'before' ? 1 : 0; // which of them cuts z before this gradient enters
    return {
      ...named({ weights, explored }, () => undefined),
      outputs: 1,
      weights,
      noKernel: 'it chooses an action at every step',
      predict,
      gradient: (_k, dPhi) => best.gradient(dPhi),
      weightGradient: (_k, phi, out) => best.weightGradient(phi, out),
      control: {
        actions,
        bootstrap,
        value,
        carry,
        score,
        choose(rng, time) {
          const action = choose(rng, time);
          bootstrap[0] = q[greatest()]!;
          value[0] = q[action]!;
          explored[0] = explored[1]!;
          explored[1] = value[0] < bootstrap[0] ? 1 : 0;
          carry[0] = 1 - explored[cutter]!;
          return action;
        },
      },
    };
  },
});
