/**
 * The linear head in f64: v_k = w_k . phi, and its own change and trace (src/step-sizes), two weights at a time:
 *   w += headAlpha delta z   or rmsprop's,   z <- gamma lambda z + phi
 */
import {
  endOutput,
  features,
  firstOutput,
  headAlpha,
  headDecay,
  headEpsilon,
  headMoment,
  headRule,
  headTrace,
  kp,
  lastFeatures,
  phi,
  questions,
  readings,
  thread,
  weights,
} from './plan';
import { swiftApply, swiftClear, swiftTarget, swiftTrace } from './swift';

/** Never below this: src/step-sizes/rmsprop.ts. */
const LEAST: f64 = 1e-30;

/** This instance's share of v_k: its outputs, and the first thread's x and constant. */
export function predict(k: i32): f64 {
  const w = weights + (<usize>(k * features) << 3);
  let outputs: f64 = 0;
  for (let c = 0; c < readings; c++) outputs += dot(w, c * kp + firstOutput, c * kp + endOutput);
  return thread == 0 ? outputs + dot(w, lastFeatures, features) : outputs;
}

/** w . phi over [first, end), both even */
function dot(w: usize, first: i32, last: i32): f64 {
  let even = f64x2.splat(0);
  let odd = f64x2.splat(0);
  let i = <usize>first << 3;
  const end = <usize>last << 3;
  for (; i + 16 < end; i += 32) {
    even = f64x2.add(even, f64x2.mul(v128.load(w + i), v128.load(phi + i)));
    odd = f64x2.add(odd, f64x2.mul(v128.load(w + i, 16), v128.load(phi + i, 16)));
  }
  if (i < end) even = f64x2.add(even, f64x2.mul(v128.load(w + i), v128.load(phi + i)));
  const both = f64x2.add(even, odd);
  return f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1);
}

/** w += change along z, for the weights of all questions; swift-td makes its sums at x_t on the way. */
export function applyHead(delta: f64, ratio: f64, fade: f64): void {
  if (headRule >= 2) return swiftApply(delta, ratio, fade);
  for (let k = 0; k < questions; k++) applyOne(k, headTrace + (<usize>(k * features) << 3), ratio * delta);
}

/** z <- fade z + phi */
export function traceHead(fade: f64): void {
  if (headRule >= 2) return swiftTrace();
  for (let c = 0; c < readings; c++) fadeTrace(fade, c * kp + firstOutput, c * kp + endOutput);
  if (thread == 0) fadeTrace(fade, lastFeatures, features);
}

function fadeTrace(fade: f64, first: i32, last: i32): void {
  const by = f64x2.splat(fade);
  for (let i = <usize>first << 3, end = <usize>last << 3; i < end; i += 16) {
    v128.store(headTrace + i, f64x2.add(f64x2.mul(by, v128.load(headTrace + i)), v128.load(phi + i)));
  }
}

export function clearHead(): void {
  if (headRule >= 2) return swiftClear();
  const tail = <usize>lastFeatures << 3;
  for (let k = 0; k < questions; k++) {
    const z = headTrace + (<usize>(k * features) << 3);
    for (let c = 0; c < readings; c++) {
      memory.fill(z + (<usize>(c * kp + firstOutput) << 3), 0, <usize>(endOutput - firstOutput) << 3);
    }
    if (thread == 0) memory.fill(z + tail, 0, (<usize>features << 3) - tail);
  }
}

/** From a target: w_k moves along error phi at once. */
export function applyHeadLate(k: i32, error: f64): void {
  if (headRule >= 2) return swiftTarget(error);
  traceHead(0);
  applyOne(k, headTrace, error);
}

function applyOne(k: i32, z: usize, delta: f64): void {
  const at = <usize>(k * features) << 3;
  for (let c = 0; c < readings; c++) {
    change(weights + at, z, headMoment + at, delta, c * kp + firstOutput, c * kp + endOutput);
  }
  if (thread == 0) change(weights + at, z, headMoment + at, delta, lastFeatures, features);
}

function change(w: usize, z: usize, nu: usize, delta: f64, first: i32, last: i32): void {
  const start = <usize>first << 3;
  const end = <usize>last << 3;
  if (headRule == 0) {
    const step = f64x2.splat(headAlpha * delta);
    for (let i = start; i < end; i += 16) {
      v128.store(w + i, f64x2.add(v128.load(w + i), f64x2.mul(step, v128.load(z + i))));
    }
    return;
  }
  const by = f64x2.splat(delta);
  const rate = f64x2.splat(headAlpha);
  const keep = f64x2.splat(headDecay);
  const fresh = f64x2.splat(1 - headDecay);
  const floor = f64x2.splat(LEAST);
  const small = f64x2.splat(headEpsilon);
  for (let i = start; i < end; i += 16) {
    const c = f64x2.mul(by, v128.load(z + i));
    const square = f64x2.mul(f64x2.mul(fresh, c), c);
    const moment = f64x2.pmax(f64x2.add(f64x2.mul(keep, v128.load(nu + i)), square), floor);
    v128.store(nu + i, moment);
    const root = f64x2.add(f64x2.sqrt(moment), small);
    v128.store(w + i, f64x2.add(v128.load(w + i), f64x2.div(f64x2.mul(rate, c), root)));
  }
}
