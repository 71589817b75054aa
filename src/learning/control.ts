/**
 * Learning to act: the head chooses a_t, and what follows is its own doing. One question, the reward. At time t, after
 * s_t, phi_t and the head's values:
 *   a_t from the head, by a random stream of the learner's own                                              (1)
 *   delta_t = c_t + gamma_t b_t - u_{t-1},   b_t what s_t is worth, u_{t-1} what a_{t-1} was expected to earn   (2)
 *   z_{t-1} = gamma_{t-1} lambda k_{t-1} z_{t-2} + grad U_{t-1} + sign(delta_t) grad B_{t-1}                 (3)
 *   theta, w += alpha delta_t z_{t-1}                                                                        (4)
 *   J_t;  grad U_t and grad B_t, kept for t + 1                                                               (5)
 * One error for all weights makes one eligibility enough: U = v + c log pi(a) has critic, actor and cell learn at once,
 * U = q(s, a) is Sarsa or Q. B is an actor's entropy, whose sign delta_t gives one step late (Elsayed, Vasan & Mahmood
 * 2024): therefore trace is called here, right before apply, and not at the end of the step that it belongs to. A rule
 * sees the same calls in the same order as it does from TD errors. k_t is 0 where the head cuts the eligibility.
 */
import type { Control } from '../control.ts';
import { named } from '../stateful.ts';
import type { Rng, Stateful, Step } from '../types.ts';
import { UserError } from '../user-error.ts';
import type { Core } from './core.ts';

export interface Acting {
  learn(s: Step): void;
  readonly state: Stateful;
  readonly chosen: Float64Array; // [1] a_t
}

export function fromActions(core: Core, control: Control, rng: Rng | null): Acting {
  const { parts, rule, report, credit, w, learning, time } = core;
  if (rng === null) throw new TypeError('a head that acts needs a random stream: LearnerParts.policy');
  if (learning && parts.estimator.teach) throw noTargets('synthetic gradients');
  const { bootstrap, value: expected, carry, score, bonus } = control;
  const chosen = new Float64Array(1);
  const value = new Float64Array(1); // u_{t-1}
  const decay = new Float64Array(1); // gamma_{t-1} k_{t-1}
  const bonuses = w.groups.map(({ weights }) => new Float64Array(bonus ? weights.length : 0)); // grad B_{t-1}
  const pending = w.groups.flatMap(({ name, gradient }, g) => [
    [`score.${name}`, gradient] as const,
    ...(bonus ? [[`bonus.${name}`, bonuses[g]!] as const] : []),
  ]);

  const sign = new Float64Array(1); // in an array: as an argument it would be put on the heap at every step
  const addBonus = (): void => {
    for (let g = 0; g < bonuses.length; g++) {
      const { gradient } = w.groups[g]!;
      const own = bonuses[g]!;
      for (let i = 0; i < own.length; i++) gradient[i]! += sign[0]! * own[i]!;
    }
  };
  const differentiate = (): void => {
    if (bonus) {
      core.differentiateSlope(bonus);
      for (let g = 0; g < bonuses.length; g++) bonuses[g]!.set(w.groups[g]!.gradient);
    }
    core.differentiateSlope(score);
    core.growth?.blame?.(core.lane, w.q, report.delta, true);
  };

  return {
    chosen,
    state: named({ chosen, value, decay, ...Object.fromEntries(pending) }, () => undefined),
    learn(s) {
      if (s.target) throw noTargets('targets');
      chosen[0] = control.choose(rng, time); // 1
      report.prediction[0] = bootstrap[0]!;
      const gamma = s.start ? 0 : s.discount[0]!;
      const delta = s.start ? 0 : s.cumulant[0]! + gamma * bootstrap[0]! - value[0]!; // 2
      report.delta[0] = delta;
      if (!learning) {
        value[0] = expected[0]!;
        return;
      }
      const admitted = core.admit();
      credit.delta = delta;
      credit.v_tm1 = value[0]!;
      credit.v_t = bootstrap[0]!;
      credit.ratio = 1;
      credit.supervised = false;
      credit.combined = false;
      if (!s.start) {
        sign[0] = admitted ? Math.sign(delta) : 0;
        addBonus();
        credit.discount_t = decay[0]!;
        rule.trace(credit); // 3
        credit.discount_t = Number.isFinite(gamma) ? gamma : 0;
        if (admitted) rule.apply(credit); // 4
      }
      core.influence(); // 5
      differentiate();
      decay[0] = (Number.isFinite(gamma) ? gamma : 0) * carry[0]!;
      value[0] = expected[0]!;
    },
  };
}

function noTargets(what: string): UserError {
  return new UserError(`Cannot learn to act from ${what}: a control head learns from rewards; take another head`);
}
