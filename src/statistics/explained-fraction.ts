/** Errors of one task, all in the same unit (mean squared return error). */
export interface Errors {
  readonly msre: number; // the learner's
  readonly constant: number; // the best constant prediction's
  readonly ideal: number; // the floor: what the ideal predictor cannot avoid
}

/**
 * (constant - msre) / (constant - ideal): the share of what can be explained that is explained. 1 is ideal, 0 is no
 * better than a constant, below 0 is worse. NaN where an error is NaN or where constant does not exceed ideal (nothing
 * to explain); -Infinity for an infinite msre.
 */
export function explainedFraction({ msre, constant, ideal }: Errors): number {
  return constant > ideal ? (constant - msre) / (constant - ideal) : NaN;
}
