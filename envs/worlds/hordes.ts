/** Pieces of the published sets of questions (hordes) of the cycle and ring worlds. */

/** The discounts 0, .1, .., .9. */
export const gammas: Float64Array = Float64Array.from({ length: 10 }, (_, i) => i / 10);

/** `size` zeros with a one at `i`. */
export function oneHot(size: number, i: number): Float64Array {
  const out = new Float64Array(size);
  out[i] = 1;
  return out;
}
