/** How alike an estimated gradient and the true one are, by the two measures of the paper and two of ours. */
import { cosine } from '../../statistics/cosine.ts';
import { relativeError } from '../../statistics/relative-error.ts';
import { signAlignment } from '../../statistics/sign-alignment.ts';

export const LIKENESS = {
  alignment: 'share of parameters whose gradient has the right sign',
  absError: 'absolute error per parameter',
  cosine: 'cosine of estimate and truth',
  relativeL2: 'error in units of the true gradient (L2)',
} as const;

export type Likeness = Readonly<Record<keyof typeof LIKENESS, number>>;

export function likeness(estimate: Float64Array, truth: Float64Array): Likeness {
  const { alignment, absError } = signAlignment(estimate, truth);
  return { alignment, absError, cosine: cosine(estimate, truth), relativeL2: relativeError(estimate, truth) };
}
