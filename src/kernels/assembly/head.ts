/**
 * The linear head in f64: v_k = w_k . phi, and its own change and trace (src/step-sizes), two weights at a time:
 *   w += headAlpha delta z   or rmsprop's,   z <- gamma lambda z + phi
 */
import { decay, epsilon, features, headAlpha, headMoment, headTrace, phi, questions, rule, weights } from './plan';

/** Never below this: src/step-sizes/rmsprop.ts. */
const LEAST: f64 = 1e-30;

/** v_k */
export function predict(k: i32): f64 {
  const w = weights + ((<usize>(k * features)) << 3);
  let even = f64x2.splat(0);
  let odd = f64x2.splat(0);
  let i: usize = 0;
  const end = (<usize>features) << 3;
  for (; i + 16 < end; i += 32) {
    even = f64x2.add(even, f64x2.mul(v128.load(w + i), v128.load(phi + i)));
    odd = f64x2.add(odd, f64x2.mul(v128.load(w + i, 16), v128.load(phi + i, 16)));
  }
  if (i < end) even = f64x2.add(even, f64x2.mul(v128.load(w + i), v128.load(phi + i)));
  const both = f64x2.add(even, odd);
  return f64x2.extract_lane(both, 0) + f64x2.extract_lane(both, 1);
}

/** w += change along z, for the weights of all questions. */
export function applyHead(delta: f64): void {
  change(weights, headTrace, headMoment, delta, (<usize>(questions * features)) << 3);
}

/** z <- fade z + phi */
export function traceHead(fade: f64): void {
  const by = f64x2.splat(fade);
  for (let i: usize = 0, end = (<usize>features) << 3; i < end; i += 16) {
    v128.store(headTrace + i, f64x2.add(f64x2.mul(by, v128.load(headTrace + i)), v128.load(phi + i)));
  }
}

/** From a target: w_k moves along error phi at once. */
export function applyHeadLate(k: i32, error: f64): void {
  const at = (<usize>(k * features)) << 3;
  const by = f64x2.splat(error);
  for (let i: usize = 0, end = (<usize>features) << 3; i < end; i += 16) {
    v128.store(headTrace + i, f64x2.mul(by, v128.load(phi + i)));
  }
  change(weights + at, headTrace, headMoment + at, 1, (<usize>features) << 3);
}

function change(w: usize, z: usize, nu: usize, delta: f64, bytes: usize): void {
  if (rule == 0) {
    const step = f64x2.splat(headAlpha * delta);
    for (let i: usize = 0; i < bytes; i += 16) {
      v128.store(w + i, f64x2.add(v128.load(w + i), f64x2.mul(step, v128.load(z + i))));
    }
    return;
  }
  const by = f64x2.splat(delta);
  const rate = f64x2.splat(headAlpha);
  const keep = f64x2.splat(decay);
  const fresh = f64x2.splat(1 - decay);
  const floor = f64x2.splat(LEAST);
  const small = f64x2.splat(epsilon);
  for (let i: usize = 0; i < bytes; i += 16) {
    const c = f64x2.mul(by, v128.load(z + i));
    const square = f64x2.mul(f64x2.mul(fresh, c), c);
    const moment = f64x2.pmax(f64x2.add(f64x2.mul(keep, v128.load(nu + i)), square), floor);
    v128.store(nu + i, moment);
    const root = f64x2.add(f64x2.sqrt(moment), small);
    v128.store(w + i, f64x2.add(v128.load(w + i), f64x2.div(f64x2.mul(rate, c), root)));
  }
}
