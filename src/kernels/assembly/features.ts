/**
 * phi_t = [s_t as heads read it, normalised or activated where asked for; x_t where asked for; 1 where asked for], in
 * f64 (src/features). Every component of its first part is padded to whole vectors, padding is 0; the constant is
 * written by the host.
 */
import {
  activation,
  endOutput,
  firstOutput,
  floors,
  inputs,
  kp,
  mean,
  normalised,
  outputs,
  phi,
  phiInputs,
  pre,
  q,
  rate,
  readings,
  scale,
  stateAt,
  thread,
  variance,
  x,
} from './plan';
import { normalise } from './normaliser';
import { activation as activated, slope } from './activations';
import { copyFew, LANES, real, SIZE, splat } from './vector';

/** From the new state, which lies in `pre` until the step is over. */
export function makeFeatures(): void {
  const end = min(outputs, endOutput);
  for (let c = 0; c < readings; c++) {
    if (end > firstOutput) makeComponent(<usize>(c * kp + firstOutput), <usize>(c * kp + end)); // a thread may have none
  }
  if (phiInputs >= 0 && thread == 0) copyFew(phi + (<usize>phiInputs << 3), x, <usize>inputs << 3);
}

/** Entries [first, end) of the state and of phi. */
function makeComponent(first: usize, end: usize): void {
  const from = pre + stateAt;
  const start = first << 3;
  const count = <i32>(end - first);
  if (activation != 0) activate(first, end);
  else for (let i = first; i < end; i += 2) widen(from + i * SIZE, phi + (i << 3));
  if (normalised == 1) {
    normalise(phi + start, phi + start, count, mean + start, variance + start, rate + start, floors + start, scale + start);
  }
  for (let i = end; i & (LANES - 1); i++) store<f64>(phi + (i << 3), 0);
}

/** f(s) and f'(s), in the precision of `real`. */
function activate(first: usize, end: usize): void {
  const from = pre + stateAt;
  for (let i = first; i < end; i += LANES) {
    const y = activated(activation, v128.load(from + i * SIZE));
    const by = slope(activation, y);
    v128.store(phi + (i << 3), low(y));
    v128.store(scale + (i << 3), low(by));
    if (LANES == 2) continue;
    v128.store(phi + (i << 3), high(y), 16);
    v128.store(scale + (i << 3), high(by), 16);
  }
}

// @ts-ignore: decorator
@inline
function widen(from: usize, to: usize): void {
  if (sizeof<real>() == 8) v128.store(to, v128.load(from));
  else v128.store(to, f64x2.promote_low_f32x4(v128.load64_zero(from)));
}

// @ts-ignore: decorator
@inline
function low(v: v128): v128 {
  return sizeof<real>() == 8 ? v : f64x2.promote_low_f32x4(v);
}

// @ts-ignore: decorator
@inline
function high(v: v128): v128 {
  return f64x2.promote_low_f32x4(v128.shuffle<f32>(v, v, 2, 3, 2, 3));
}

/** What is below this would only make subnormal products: no error. */
export const LEAST: real = sizeof<real>() == 4 ? <real>1e-15 : <real>1e-150;

/** q_t = dv_t/ds_t: the head's weights [features] times the scale used for this phi, and `credit`; adds where asked. */
export function makeErrors(w: usize, credit: f64, adds: bool): void {
  const by = f64x2.splat(credit);
  for (let c = 0; c < readings; c++) errorsOf(w, by, adds, <usize>(c * kp + firstOutput), <usize>(c * kp + endOutput));
}

function errorsOf(w: usize, by: v128, adds: bool, first: usize, end: usize): void {
  for (let i = first; i < end; i += LANES) {
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
