/**
 * phi_t = [s_t as heads read it, normalised where asked for; x_t where asked for; 1 where asked for], in f64
 * (src/features). Its first part is padded to whole vectors, padding is 0; the constant is written by the host.
 */
import {
  endOutput,
  firstOutput,
  floors,
  inputs,
  mean,
  normalised,
  outputs,
  phi,
  phiInputs,
  pre,
  q,
  rate,
  scale,
  stateAt,
  thread,
  variance,
  x,
} from './plan';
import { normalise } from './normaliser';
import { copyFew, LANES, real, SIZE, splat } from './vector';

/** From the new state, which lies in `pre` until the step is over. */
export function makeFeatures(): void {
  const from = pre + stateAt;
  const end = <usize>min(outputs, endOutput);
  const start = <usize>firstOutput << 3;
  for (let i = <usize>firstOutput; i < end; i += 2) widen(from + i * SIZE, phi + (i << 3));
  const count = <i32>end - firstOutput; // a thread may have none
  if (normalised == 1 && count > 0) {
    normalise(phi + start, phi + start, count, mean + start, variance + start, rate + start, floors + start, scale + start);
  }
  if (count > 0 && (end & 1)) store<f64>(phi + (end << 3), 0);
  if (phiInputs >= 0 && thread == 0) copyFew(phi + (<usize>phiInputs << 3), x, <usize>inputs << 3);
}

// @ts-ignore: decorator
@inline
function widen(from: usize, to: usize): void {
  if (sizeof<real>() == 8) v128.store(to, v128.load(from));
  else v128.store(to, f64x2.promote_low_f32x4(v128.load64_zero(from)));
}

/** What is below this would only make subnormal products: no error. */
const LEAST: real = sizeof<real>() == 4 ? <real>1e-15 : <real>1e-150;

/** q_t = dv_t/ds_t: the head's weights [features] times the scale used for this phi, and `credit`; adds where asked. */
export function makeErrors(w: usize, credit: f64, adds: bool): void {
  const by = f64x2.splat(credit);
  for (let i = <usize>firstOutput, n = <usize>endOutput; i < n; i += LANES) {
    let error = narrow(f64x2.mul(by, pair(w, i)), f64x2.mul(by, pair(w, i + 2)));
    if (adds) error = v128.add<real>(error, v128.load(q + i * SIZE));
    const large = v128.gt<real>(v128.abs<real>(error), splat(LEAST));
    v128.store(q + i * SIZE, v128.and(error, large));
  }
}

/** Two products of weight and scale. */
// @ts-ignore: decorator
@inline
function pair(w: usize, i: usize): v128 {
  return f64x2.mul(v128.load(w + (i << 3)), v128.load(scale + (i << 3)));
}

// @ts-ignore: decorator
@inline
function narrow(low: v128, high: v128): v128 {
  if (sizeof<real>() == 8) return low;
  return v128.shuffle<f32>(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5);
}
