/** What a step will cost, told before training from the structure alone, in multiply-adds and stored numbers. */
import type { Cell, Estimator, Features, Head } from './types.ts';

export interface Cost {
  readonly parameters: number; // of cell and head
  readonly forward: number; // multiply-adds of the sums
  readonly estimator: number; // of the influence and one pull
  readonly head: number; // of prediction and its gradients
  readonly rule: number; // of traces and weight changes
  readonly macsPerStep: number;
  readonly bytes: number; // parameters and influence, float64
}

export interface PlanNeeds {
  readonly cell: Cell;
  readonly estimator: Estimator;
  readonly features: Features;
  readonly head: Head;
  readonly macsPerWeight: number;
}

export function planCost({ cell, estimator, features, head, macsPerWeight }: PlanNeeds): Cost {
  // A state that no estimator moves costs no rule either: its parameters stay as drawn.
  const learned = estimator.cost.macsPerStep === 0 ? 0 : cell.params.length;
  const parameters = cell.params.length + head.weights.length;
  const forward = cell.rows.source.length;
  const headMacs = 2 * features.size * head.outputs;
  const rule = macsPerWeight * (learned + head.weights.length);
  return {
    parameters,
    forward,
    estimator: estimator.cost.macsPerStep,
    head: headMacs,
    rule,
    macsPerStep: forward + estimator.cost.macsPerStep + headMacs + rule,
    bytes: 8 * (parameters + estimator.cost.entries),
  };
}
