/**
 * Learning from targets y_t: one step along the gradient of the loss at once. There is no z: J_t, the gradient, and the
 * change follow within the step. One output: its gradient, and delta = y_t - v_t. Several: the gradient of the loss.
 */
import { UserError } from '../user-error.ts';
import type { Core } from './core.ts';
import type { LaneCore } from './lanes-engine.ts';

export function fromTargets(core: Core, clip: number | null): (target: Float64Array) => void {
  const { rule, report, credit, growth, lane, w } = core;
  const { outputs } = core.parts.head;
  const combined = isCombined(core);
  if (combined && rule.single) throw takesOne(outputs > 1 ? `targets of ${outputs} outputs` : 'synthetic gradients');
  const differentiate = targetGradient(core, combined, clip);
  return (target) => {
    if (!differentiate(target)) return;
    growth?.blame?.(lane, w.q, combined ? ONE : report.delta, false);
    credit.delta = combined ? 1 : report.delta[0]!;
    credit.v_tm1 = 0;
    credit.v_t = report.prediction[0]!;
    credit.discount_t = 0;
    credit.ratio = 1;
    credit.supervised = true;
    credit.combined = combined;
    rule.trace(credit);
    rule.apply(credit);
    rule.reset(); // a target is an answer: it leaves no z behind
  };
}

/** Whether there is no single error, and the groups take the gradient of the loss. */
export function isCombined({ parts: { head, estimator }, watched }: Core): boolean {
  return head.outputs > 1 || estimator.teach !== undefined || watched.some((other) => other.estimator.teach);
}

/** J_t, and what one target teaches into the groups; false: nothing. Moves no weight. */
export function targetGradient(
  core: LaneCore,
  combined: boolean,
  clip: number | null,
): (target: Float64Array) => boolean {
  const { parts, w, report, watched, learning } = core;
  const { head, estimator } = parts;
  return (target) => {
    const { prediction, delta } = report;
    if (head.error && isNone(target)) {
      delta.fill(0);
      if (learning) core.influence();
      return false;
    }
    if (head.error) head.error(target, prediction, delta);
    else for (let k = 0; k < delta.length; k++) delta[k] = target[k]! - prediction[k]!;
    if (!learning) return false;
    const admitted = core.admit();
    core.influence();
    if (!admitted) return false;
    // What is clipped is the step's gradient of the loss.
    if (clip !== null) core.limit[0] = combined ? clip : clip / Math.abs(delta[0]!);
    core.differentiate(combined ? delta : null);
    estimator.teach?.(w.q);
    for (const other of watched) other.estimator.teach?.(w.q);
    return true;
  };
}

const ONE = Float64Array.of(1);

/** Of classes: none came, so nothing is asked and nothing taught. */
function isNone(target: Float64Array): boolean {
  for (let k = 0; k < target.length; k++) if (target[k] !== 0) return false;
  return true;
}

export function takesOne(what: string): UserError {
  return new UserError(
    `Cannot learn from ${what} by this step-size rule: it needs one error and its gradient apart; take td-lambda, rmsprop or adam`,
  );
}
