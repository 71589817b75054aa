/**
 * Which estimator to take within a budget. An exact gradient first, the fastest of them; else the estimator that keeps
 * most of RTRL's influence, of those without noise; else one without bias. Estimators that need targets or episodes of
 * some length are never proposed, nor is learning nothing.
 */
import type { Budget, EstimatorPlan } from './plan-agent.ts';

export function recommend(plans: readonly EstimatorPlan[], { us = null, macs = null }: Budget): EstimatorPlan | null {
  const fitting = plans.filter(({ time, macsPerStep, gradient, needsTargets, longest }) => {
    if (gradient === 'none' || needsTargets || longest !== null) return false;
    if (us !== null && (time === null || time.us > us)) return false;
    return macs === null || macsPerStep <= macs;
  });
  const exact = fitting.filter(({ gradient }) => gradient === 'exact');
  const influence = fitting.filter(({ gradient, kept }) => gradient === 'biased' && kept !== null);
  const unbiased = fitting.filter(({ gradient }) => gradient === 'unbiased');
  const first = (of: readonly EstimatorPlan[], order: Order): EstimatorPlan | undefined => [...of].sort(order)[0];
  return (
    first(exact, (a, b) => speed(a) - speed(b)) ??
    first(influence, (a, b) => b.kept! - a.kept! || b.macsPerStep - a.macsPerStep) ?? // more of D where they keep the same
    first(unbiased, (a, b) => b.macsPerStep - a.macsPerStep) ?? // more work, less noise
    first(fitting, (a, b) => speed(a) - speed(b)) ??
    null
  );
}

type Order = (a: EstimatorPlan, b: EstimatorPlan) => number;

const speed = ({ time, macsPerStep }: EstimatorPlan): number => time?.us ?? macsPerStep;
