/**
 * sin and cos of whole vectors. With n = round(a / (pi/2)), r = a - n pi/2, |r| <= pi/4, by n mod 4:
 *   sin(a) = sin(r), cos(r), -sin(r), -cos(r),   cos(a) = sin(a + pi/2)
 * sin(r), cos(r): Taylor polynomials (degrees 9 and 10 in f32, 15 and 16 in f64). pi/2 comes in three or four parts, n
 * times all but the last of which is exact for |a| up to some thousands: near a zero the relative error stays small.
 * Errors are measured by test/kernels/math.test.ts.
 */
import { madd, mul, real, splat } from './vector';

const FIRST: f64 = sizeof<real>() == 4 ? 1.5703125 : 1.57079632673412561417;
const SECOND: f64 = sizeof<real>() == 4 ? 4.837512969970703125e-4 : 6.0771005063039659770e-11;
const THIRD: f64 = sizeof<real>() == 4 ? 7.549533620476723e-08 : 2.02226624879595063154e-21;
const FOURTH: f64 = 2.563344151594519e-12; // in f32 alone

// @ts-ignore: decorator
@inline
function reduced(a: v128, n: v128): v128 {
  const r = madd(n, splat(<real>-THIRD), madd(n, splat(<real>-SECOND), madd(n, splat(<real>-FIRST), a)));
  return sizeof<real>() == 4 ? madd(n, splat(<real>-FOURTH), r) : r;
}

/** r (1 - s/6 (1 - ...)), s = r^2, written out as a polynomial, highest power first */
// @ts-ignore: decorator
@inline
function sineOf(r: v128, s: v128): v128 {
  let p: v128;
  if (sizeof<real>() == 4) {
    p = splat(<real>(1.0 / 362880.0));
  } else {
    p = splat(<real>(-1.0 / 1307674368000.0));
    p = madd(p, s, splat(<real>(1.0 / 6227020800.0)));
    p = madd(p, s, splat(<real>(-1.0 / 39916800.0)));
    p = madd(p, s, splat(<real>(1.0 / 362880.0)));
  }
  p = madd(p, s, splat(<real>(-1.0 / 5040.0)));
  p = madd(p, s, splat(<real>(1.0 / 120.0)));
  p = madd(p, s, splat(<real>(-1.0 / 6.0)));
  return madd(mul(p, s), r, r);
}

// @ts-ignore: decorator
@inline
function cosineOf(s: v128): v128 {
  let p: v128;
  if (sizeof<real>() == 4) {
    p = splat(<real>(-1.0 / 3628800.0));
  } else {
    p = splat(<real>(1.0 / 20922789888000.0));
    p = madd(p, s, splat(<real>(-1.0 / 87178291200.0)));
    p = madd(p, s, splat(<real>(1.0 / 479001600.0)));
    p = madd(p, s, splat(<real>(-1.0 / 3628800.0)));
  }
  p = madd(p, s, splat(<real>(1.0 / 40320.0)));
  p = madd(p, s, splat(<real>(-1.0 / 720.0)));
  p = madd(p, s, splat(<real>(1.0 / 24.0)));
  p = madd(p, s, splat(<real>-0.5));
  return madd(p, s, splat(<real>1));
}

/** sin(a + turns pi/2) */
// @ts-ignore: decorator
@inline
function turned(a: v128, turns: i32): v128 {
  const n = v128.nearest<real>(mul(a, splat(<real>0.6366197723675814)));
  const r = reduced(a, n);
  const s = mul(r, r);
  const sine = sineOf(r, s);
  const cosine = cosineOf(s);
  if (sizeof<real>() == 4) {
    const quarter = i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(turns));
    const isOdd = i32x4.shr_s(i32x4.shl(quarter, 31), 31);
    const sign = i32x4.shl(i32x4.shr_u(quarter, 1), 31);
    return v128.xor(v128.bitselect(cosine, sine, isOdd), sign);
  }
  const quarter = i64x2.add(i64x2.extend_low_i32x4_s(i32x4.trunc_sat_f64x2_s_zero(n)), i64x2.splat(turns));
  const isOdd = i64x2.shr_s(i64x2.shl(quarter, 63), 63);
  const sign = i64x2.shl(i64x2.shr_u(quarter, 1), 63);
  return v128.xor(v128.bitselect(cosine, sine, isOdd), sign);
}

// @ts-ignore: decorator
@inline
export function sin(a: v128): v128 {
  return turned(a, 0);
}

// @ts-ignore: decorator
@inline
export function cos(a: v128): v128 {
  return turned(a, 1);
}
