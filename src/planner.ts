/**
 * What a step costs, told before training from the structure alone. Counted are products over weights, traces,
 * influence and features, the very ones that the reference path does; what a cell does unit by unit is not.
 */
import type { Normaliser } from './normaliser.ts';
import { forwardMacs } from './rows.ts';
import type { Cell, Estimator, Features, Head } from './types.ts';

export interface Cost {
  readonly parameters: number; // of cell and head
  readonly forward: number; // multiply-adds of the sums, and of a stack's chain rule
  readonly estimator: number; // of the influence and one pull
  readonly features: number; // of normalisation, inputs included
  readonly head: number; // of prediction, its gradient and the error
  readonly rule: number; // of traces and weight changes
  readonly growth: number; // of telling which units are of use
  readonly macsPerStep: number;
  readonly entries: number; // numbers of influence stored between steps
  readonly bytes: number; // parameters and influence, float64
}

export interface PlanNeeds {
  readonly cell: Cell;
  readonly estimator: Estimator;
  readonly features: Features;
  readonly head: Head;
  readonly inputs: Normaliser | null;
  readonly ruleMacs: number;
  readonly readsReach?: boolean; // the rule: one more pull
  readonly growthMacs?: number;
}

/** Multiply-adds per step, part by part, and numbers kept, from the structure alone. */
export function planCost({
  cell,
  estimator,
  features,
  head,
  inputs,
  ruleMacs,
  readsReach = false,
  growthMacs = 0,
}: PlanNeeds): Cost {
  const parameters = cell.params.length + head.weights.length;
  const { entries } = estimator.cost;
  const asking = head.horde ? hordeCost(cell, estimator, features, head) : null;
  const estimating = asking?.estimator ?? estimator.cost.macsPerStep;
  const rule = ruleMacs + (readsReach ? (estimator.cost.pull ?? 0) + (features.pullMacs ?? 0) : 0);
  const forward = forwardMacs(cell.rows);
  const normalising = (asking?.features ?? features.macsPerStep) + (inputs?.macsPerStep ?? 0);
  // An estimator that is taught learns from targets, whose errors weigh the head's gradient; the others from a TD error.
  const plain = (estimator.teach ? 3 * features.size : 2 * features.size + 1) * head.outputs;
  const predicting = asking?.head ?? head.macsPerStep ?? plain;
  return {
    parameters,
    forward,
    estimator: estimating,
    features: normalising,
    head: predicting,
    rule,
    growth: growthMacs,
    macsPerStep: forward + estimating + normalising + predicting + rule + growthMacs,
    entries,
    bytes: 8 * (parameters + entries),
  };
}

/** Each question predicts, and goes back through features and the estimator by itself: `cheap` through the latter once. */
function hordeCost({ readout }: Cell, { cost }: Estimator, features: Features, { outputs: K, horde }: Head) {
  const { recurrent } = horde!;
  const isStill = cost.macsPerStep === 0 || recurrent === 'none';
  const again = cost.anotherPull ?? cost.pull ?? cost.macsPerStep;
  const back = features.pullMacs ?? 0;
  return {
    head: K * (features.size + 1) + (!isStill && recurrent === 'cheap' ? K * readout.length : 0),
    estimator: isStill ? 0 : cost.macsPerStep + (recurrent === 'exact' ? (K - 1) * again : 0),
    features: features.macsPerStep + (isStill ? -back : (K - 1) * back),
  };
}
