import type { StepSizeRule, WeightGroup } from '../types.ts';
import { UserError } from '../user-error.ts';

/** A rule of the head alone would leave a cell that learns as it is, without a word. */
export function checkRule(rule: StepSizeRule, groups: readonly WeightGroup[], clip: number | null): void {
  if (!rule.headOnly) return;
  if (groups.some(({ name, weights }) => name === 'cell' && weights.length > 0)) {
    throw new UserError(
      'Cannot learn the cell: this step-size rule moves the head alone; take estimator none, or another rule',
    );
  }
  if (clip === null) return;
  throw new UserError('Cannot clip gradients: this step-size rule has no use for them; leave clip at null');
}
