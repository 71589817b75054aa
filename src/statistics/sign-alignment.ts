import { requireSameLength } from './same-length.ts';

/** Products of smaller size count for neither side: the published code's threshold. */
const THRESHOLD = 1e-10;

export interface SignAlignment {
  readonly alignment: number; // in [0, 1]
  readonly absError: number;
  readonly counted: number; // parameters above the threshold, the denominator of both
}

/**
 * The two metrics of the columnar test-bed (code columnar_networks@c11744a, rnn_gradient_aligntment.py), for an
 * estimated gradient e [p] and the true one g [p] over all parameters:
 *
 *     counted   = #(e g > 1e-10) + #(e g < -1e-10)
 *     alignment = #(e g > 1e-10) / counted
 *     abs_error = sum |e - g| / counted          the sum runs over all p
 *
 * Nothing counted: alignment is NaN, absError NaN (or Infinity where e differs from g), as the quotients say.
 * Any NaN or infinity among the entries makes both NaN.
 */
export function signAlignment(estimate: ArrayLike<number>, truth: ArrayLike<number>): SignAlignment {
  requireSameLength('sign alignment', estimate, truth);
  let agree = 0;
  let oppose = 0;
  let error = 0;
  let finite = true;
  for (let i = 0; i < estimate.length; i++) {
    const e = estimate[i]!;
    const g = truth[i]!;
    finite &&= Number.isFinite(e) && Number.isFinite(g);
    if (e * g > THRESHOLD) agree++;
    if (e * g < -THRESHOLD) oppose++;
    error += Math.abs(e - g);
  }
  const counted = agree + oppose;
  return { alignment: finite ? agree / counted : NaN, absError: finite ? error / counted : NaN, counted };
}
