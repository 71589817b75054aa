import type { Estimator, StepSizeRule, WeightGroup } from '../types.ts';
import { UserError } from '../user-error.ts';

/** A rule of the head alone would leave a cell that learns as it is, without a word. */
export function checkRule(
  rule: StepSizeRule,
  groups: readonly WeightGroup[],
  clip: number | null,
  estimator: Estimator,
): void {
  if (rule.reads === 'reach' && estimator.cost.macsPerStep > 0 && estimator.cost.pull === undefined) {
    throw new UserError(
      'Cannot learn by this step-size rule: it asks what each weight does to its own feature, which this estimator does not tell; take columnar, rflo or e-prop',
    );
  }
  if (rule.reads === 'reach' && clip !== null) {
    throw new UserError(
      'Cannot clip gradients: this step-size rule learns through updates of the full size; leave clip at null',
    );
  }
  if (!rule.headOnly) return;
  if (groups.some(({ name, weights }) => name === 'cell' && weights.length > 0)) {
    throw new UserError(
      'Cannot learn the cell: this step-size rule moves the head alone; take estimator none, or another rule',
    );
  }
  if (clip === null) return;
  throw new UserError('Cannot clip gradients: this step-size rule has no use for them; leave clip at null');
}
