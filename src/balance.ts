/**
 * Two products become one without bias: with a random sign c and any rho0, rho1 > 0 that do not depend on c,
 *   (rho0 a + c rho1 a') (x) (b / rho0 + c b' / rho1) = a (x) b + a' (x) b' + c (...)
 * The cross terms are smallest where the two factors of a product are equally long: rho = sqrt(|b| / |a|).
 */

/** rho that makes rho a as long as b / rho, from the two lengths; 0 where the product is zero and adds nothing. */
export function balance(b: number, a: number): number {
  return a === 0 || b === 0 ? 0 : Math.sqrt(b / a);
}

/** 1 / rho, and 0 for the 0 of `balance`. */
export function inverse(rho: number): number {
  return rho === 0 ? 0 : 1 / rho;
}
