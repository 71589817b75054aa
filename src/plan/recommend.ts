/**
 * Which estimator to take within a budget. An exact gradient first, the fastest of them; else the estimator that keeps
 * most of RTRL's influence, of those without noise; else one without bias. Estimators that need targets are never
 * proposed, nor is learning nothing.
 */
import type { Budget, EstimatorPlan } from './plan-agent.ts';

export function recommend(plans: readonly EstimatorPlan[], { us = null, macs = null }: Budget): EstimatorPlan | null {
  const fitting = plans.filter(({ time, macsPerStep, gradient, needsTargets }) => {
    if (gradient === 'none' || needsTargets) return false;
    if (us !== null && (time === null || time.us > us)) return false;
    return macs === null || macsPerStep <= macs;
  });
  const best = (of: readonly EstimatorPlan[], by: (plan: EstimatorPlan) => number): EstimatorPlan | null =>
    of.reduce<EstimatorPlan | null>((found, plan) => (found === null || by(plan) < by(found) ? plan : found), null);
  const speed = ({ time, macsPerStep }: EstimatorPlan): number => time?.us ?? macsPerStep;
  const exact = fitting.filter(({ gradient }) => gradient === 'exact');
  const influence = fitting.filter(({ gradient, kept }) => gradient === 'biased' && kept !== null);
  const unbiased = fitting.filter(({ gradient }) => gradient === 'unbiased');
  return (
    best(exact, speed) ??
    best(influence, ({ kept, macsPerStep }) => -(kept ?? 0) - 1e-15 * macsPerStep) ?? // more of D where they keep the same
    best(unbiased, ({ macsPerStep }) => -macsPerStep) ?? // more work, less noise
    best(fitting, speed)
  );
}
