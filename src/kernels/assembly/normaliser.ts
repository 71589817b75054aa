/**
 * Online normalisation in f64, two entries at a time (src/normaliser.ts):
 *   mu <- beta mu + (1 - beta) x,   var <- max(floor, beta var + (1 - beta)(x - mu)^2),   out = (x - mu) / sqrt(var)
 * beta and floor per entry: 1 and 0 leave the statistics of an entry as they are. 1 / sqrt(var) has the precision of `real`.
 */
import { real } from './precision';

// @ts-ignore: decorator
@inline
function inverseRoot(variance: v128): v128 {
  const one = f64x2.splat(1);
  if (sizeof<real>() == 8) return f64x2.div(one, f64x2.sqrt(variance));
  const short = f32x4.demote_f64x2_zero(variance);
  return f64x2.promote_low_f32x4(f32x4.div(f32x4.splat(1), f32x4.sqrt(short)));
}

/** `count` f64 (even) from `values` to `out`; `scale` keeps 1 / sqrt(var) where it is not 0. */
export function normalise(
  values: usize,
  out: usize,
  count: i32,
  mean: usize,
  variance: usize,
  rate: usize,
  floors: usize,
  scale: usize,
): void {
  const one = f64x2.splat(1);
  for (let i: usize = 0, end = <usize>count << 3; i < end; i += 16) {
    const value = v128.load(values + i);
    const beta = v128.load(rate + i);
    const fresh = f64x2.sub(one, beta);
    const mu = f64x2.add(f64x2.mul(beta, v128.load(mean + i)), f64x2.mul(fresh, value));
    const off = f64x2.sub(value, mu);
    const spread = f64x2.add(f64x2.mul(beta, v128.load(variance + i)), f64x2.mul(fresh, f64x2.mul(off, off)));
    const kept = f64x2.pmax(spread, v128.load(floors + i));
    const by = inverseRoot(kept);
    v128.store(mean + i, mu);
    v128.store(variance + i, kept);
    v128.store(out + i, f64x2.mul(off, by));
    if (scale != 0) v128.store(scale + i, by);
  }
}
