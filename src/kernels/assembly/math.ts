/**
 * exp, the logistic function and tanh of whole vectors. With n = round(y / ln 2), r = y - n ln 2, |r| <= ln(2)/2:
 *   expm1(y) = 2^n p(r) + (2^n - 1),   p the Taylor polynomial of expm1 (degree 7 in f32, 13 in f64)      (1)
 *   sigma(a) = 1 / (2 + expm1(-a)),    tanh(a) = expm1(2a) / (expm1(2a) + 2)                              (2)
 * Arguments are held within what the type can tell apart: sigma within +-30 (f32) and +-40 (f64), tanh +-10 and +-20,
 * exp below 80 and 700, so that no result is subnormal or infinite. sin and cos: sine.ts. Errors are measured by
 * test/kernels/math.test.ts.
 */
import { add, madd, mul, real, splat, sub } from './vector';

/** 2^n for whole n in [-120, 120] */
// @ts-ignore: decorator
@inline
function power2(n: v128): v128 {
  if (sizeof<real>() == 4) {
    return i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  }
  return i64x2.shl(i64x2.add(i64x2.extend_low_i32x4_s(i32x4.trunc_sat_f64x2_s_zero(n)), i64x2.splat(1023)), 52);
}

/** r (1 + r/2 (1 + r/3 (1 + ...))) written out as a polynomial, highest power first */
// @ts-ignore: decorator
@inline
function taylor(r: v128): v128 {
  let p: v128;
  if (sizeof<real>() == 4) {
    p = splat(<real>(1.0 / 5040.0));
  } else {
    p = splat(<real>(1.0 / 6227020800.0));
    p = madd(p, r, splat(<real>(1.0 / 479001600.0)));
    p = madd(p, r, splat(<real>(1.0 / 39916800.0)));
    p = madd(p, r, splat(<real>(1.0 / 3628800.0)));
    p = madd(p, r, splat(<real>(1.0 / 362880.0)));
    p = madd(p, r, splat(<real>(1.0 / 40320.0)));
    p = madd(p, r, splat(<real>(1.0 / 5040.0)));
  }
  p = madd(p, r, splat(<real>(1.0 / 720.0)));
  p = madd(p, r, splat(<real>(1.0 / 120.0)));
  p = madd(p, r, splat(<real>(1.0 / 24.0)));
  p = madd(p, r, splat(<real>(1.0 / 6.0)));
  p = madd(p, r, splat(<real>0.5));
  p = madd(p, r, splat(<real>1.0));
  return mul(p, r);
}

// ln 2 in two parts: n times the first is exact for every n that occurs.
const HIGH: f64 = sizeof<real>() == 4 ? 0.693359375 : 0.693147180369123816490;
const LOW: f64 = sizeof<real>() == 4 ? -2.12194440054690582768e-4 : 1.90821492927058770002e-10;

/** round(y / ln 2) */
// @ts-ignore: decorator
@inline
function halvings(y: v128): v128 {
  return v128.nearest<real>(mul(y, splat(<real>1.4426950408889634)));
}

/** y - n ln 2 */
// @ts-ignore: decorator
@inline
function rest(y: v128, n: v128): v128 {
  return madd(n, splat(<real>-LOW), madd(n, splat(<real>-HIGH), y));
}

/** (1), for arguments within what `power2` takes */
// @ts-ignore: decorator
@inline
function expm1(y: v128): v128 {
  const n = halvings(y);
  const t = power2(n);
  return madd(t, taylor(rest(y, n)), sub(t, splat(<real>1)));
}

// @ts-ignore: decorator
@inline
function within(a: v128, bound: real): v128 {
  return v128.pmax<real>(v128.pmin<real>(a, splat(bound)), splat(-bound)); // NaN stays
}

/** 1 / (1 + exp(-a)) */
// @ts-ignore: decorator
@inline
export function sigmoid(a: v128): v128 {
  const bound: real = sizeof<real>() == 4 ? 30 : 40;
  const e = expm1(v128.neg<real>(within(a, bound)));
  return v128.div<real>(splat(<real>1), add(e, splat(<real>2)));
}

// @ts-ignore: decorator
@inline
export function tanh(a: v128): v128 {
  const bound: real = sizeof<real>() == 4 ? 10 : 20;
  const c = within(a, bound);
  const e = expm1(add(c, c));
  return v128.div<real>(e, add(e, splat(<real>2)));
}

/** Where |exponents| are held: 2^n stays normal. */
const EXPONENT: real = sizeof<real>() == 4 ? 80 : 700;

/** exp(a); what underflows is 0 */
// @ts-ignore: decorator
@inline
export function exponential(a: v128): v128 {
  const y = within(a, EXPONENT);
  const n = halvings(y);
  const t = power2(n);
  const e = madd(t, taylor(rest(y, n)), t); // (1) without the 1
  return v128.andnot(e, v128.le<real>(a, splat(-EXPONENT)));
}

/** 1 - exp(a) for a <= 0, precise near 0 */
// @ts-ignore: decorator
@inline
export function oneLessExponential(a: v128): v128 {
  return v128.neg<real>(expm1(within(a, EXPONENT)));
}
