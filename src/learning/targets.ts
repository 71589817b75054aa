/**
 * Learning from targets y_t: one step along the gradient of the loss at once. There is no z: J_t, the gradient, and the
 * change follow within the step. One output: its gradient, and delta = y_t - v_t. Several: the gradient of the loss.
 */
import type { Step } from '../types.ts';
import { UserError } from '../user-error.ts';
import type { Core } from './core.ts';

export function fromTargets(core: Core, clip: number | null): (s: Step) => void {
  const { parts, rule, w, report, credit, watched, learning } = core;
  const { head, estimator } = parts;
  const teaches = estimator.teach !== undefined || watched.some((other) => other.estimator.teach);
  const combined = head.outputs > 1 || teaches;
  if (combined && rule.single) throw takesOne(head.outputs);

  return ({ target }) => {
    const { prediction, delta } = report;
    if (head.error) head.error(target!, prediction, delta);
    else for (let k = 0; k < delta.length; k++) delta[k] = target![k]! - prediction[k]!;
    if (!learning) return;
    const admitted = core.admit();
    core.influence();
    if (!admitted) return;
    // What is clipped is the step's gradient of the loss.
    if (clip !== null) core.limit[0] = combined ? clip : clip / Math.abs(delta[0]!);
    core.differentiate(combined ? delta : null);
    estimator.teach?.(w.q);
    for (const other of watched) other.estimator.teach?.(w.q);
    credit.delta = combined ? 1 : delta[0]!;
    credit.v_tm1 = 0;
    credit.v_t = prediction[0]!;
    credit.discount_t = 0;
    credit.ratio = 1;
    credit.supervised = true;
    credit.combined = combined;
    rule.trace(credit);
    rule.apply(credit);
    rule.reset(); // a target is an answer: it leaves no z behind
  };
}

function takesOne(outputs: number): UserError {
  const what = outputs > 1 ? `targets of ${outputs} outputs` : 'synthetic gradients';
  return new UserError(
    `Cannot learn from ${what} by this step-size rule: it needs one error and its gradient apart; take td-lambda, rmsprop or adam`,
  );
}
