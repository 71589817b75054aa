/** exp of two f64, whatever `real` is: math.ts has its formula (1), |r| <= ln(2)/2, and says how errors are measured. */

const HIGH: f64 = 0.693147180369123816490; // of ln 2: n HIGH is exact for every n that occurs
const LOW: f64 = 1.90821492927058770002e-10;

/** a + b r */
// @ts-ignore: decorator
@inline
function line(r: v128, a: f64, b: f64): v128 {
  return f64x2.add(f64x2.splat(a), f64x2.mul(f64x2.splat(b), r));
}

/** Within +-700; NaN stays. */
export function exp64(a: v128): v128 {
  const y = f64x2.pmax(f64x2.pmin(a, f64x2.splat(700)), f64x2.splat(-700));
  const n = f64x2.nearest(f64x2.mul(y, f64x2.splat(1.4426950408889634)));
  const r = f64x2.sub(f64x2.sub(y, f64x2.mul(n, f64x2.splat(HIGH))), f64x2.mul(n, f64x2.splat(LOW)));
  // Estrin's scheme: few products wait for each other.
  const r2 = f64x2.mul(r, r);
  const r4 = f64x2.mul(r2, r2);
  const r8 = f64x2.mul(r4, r4);
  const p01 = line(r, 1.0, 1.0);
  const p23 = line(r, 1.0 / 2.0, 1.0 / 6.0);
  const p45 = line(r, 1.0 / 24.0, 1.0 / 120.0);
  const p67 = line(r, 1.0 / 720.0, 1.0 / 5040.0);
  const p89 = line(r, 1.0 / 40320.0, 1.0 / 362880.0);
  const pAB = line(r, 1.0 / 3628800.0, 1.0 / 39916800.0);
  const pCD = line(r, 1.0 / 479001600.0, 1.0 / 6227020800.0);
  const low = f64x2.add(f64x2.add(p01, f64x2.mul(p23, r2)), f64x2.mul(f64x2.add(p45, f64x2.mul(p67, r2)), r4));
  const high = f64x2.add(f64x2.add(p89, f64x2.mul(pAB, r2)), f64x2.mul(pCD, r4));
  const p = f64x2.add(low, f64x2.mul(high, r8));
  const t = i64x2.shl(i64x2.add(i64x2.extend_low_i32x4_s(i32x4.trunc_sat_f64x2_s_zero(n)), i64x2.splat(1023)), 52);
  return f64x2.mul(p, t);
}
