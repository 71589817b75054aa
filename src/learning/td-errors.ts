/**
 * Learning from TD errors, one question:
 *   delta_t = c_t + gamma_t v_t - v_{t-1},   weights += alpha delta_t z_{t-1},   J_t, q_t, z_t
 */
import type { Step } from '../types.ts';
import { UserError } from '../user-error.ts';
import type { Core } from './core.ts';

export function fromTdErrors(core: Core, clip: number | null): (s: Step) => void {
  const { parts, rule, report, credit, v_tm1, learning } = core;
  const longest = clip ?? Infinity;
  return (s) => {
    if (parts.head.error) throw noClasses();
    oneQuestion(parts.head.outputs);
    if (learning && parts.estimator.teach) throw noTargets();
    const gamma = s.start ? 0 : s.discount[0]!;
    const delta = s.start ? 0 : s.cumulant[0]! + gamma * report.prediction[0]! - v_tm1[0]!; // 3
    report.delta[0] = delta;
    if (!learning) return;
    const admitted = core.admit();
    credit.delta = delta;
    credit.v_tm1 = v_tm1[0]!;
    credit.v_t = report.prediction[0]!;
    credit.discount_t = Number.isFinite(gamma) ? gamma : 0;
    credit.ratio = s.ratio ?? 1;
    credit.supervised = false;
    credit.combined = false;
    if (!s.start && admitted) rule.apply(credit); // 4
    core.influence(); // 5
    core.limit[0] = longest;
    core.differentiate(null);
    core.growth?.blame?.(core.lane, core.w.q, report.delta, true);
    rule.trace(credit);
  };
}

/** With lambda > 0 exact credit needs one z per question, which a horde keeps. */
export function oneQuestion(outputs: number): void {
  if (outputs === 1) return;
  throw new UserError(
    `Cannot learn ${outputs} questions from TD errors: with this head a learner takes one; take horde, make one learner per question, or give targets`,
  );
}

/** A probability is no estimate of a sum. */
function noClasses(): UserError {
  return new UserError('Cannot learn classes from TD errors: they need targets; take the linear head, or give targets');
}

/** What comes later is predicted from errors, and a TD error is known one step late. */
export function noTargets(): UserError {
  return new UserError(
    'Cannot learn from TD errors by synthetic gradients: they need targets; take another estimator, or give targets',
  );
}
