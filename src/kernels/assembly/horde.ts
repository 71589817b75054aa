/**
 * Many linear questions on the same features (src/shared-trace.ts): bundles of them share an eligibility z. The change of
 * step t waits for the pass that predicts at t + 1, so that every weight is read and written once a step:
 *   w_k += alpha delta_k,t z_t-1,   v_k,t+1 = w_k . phi_t+1                                   (pass)
 * four questions side by side. Weights, z and phi are `real`; delta and v are f64.
 */
import * as plan from './plan';
import { add, madd, mul, real, SIZE, splat } from './vector';

/** v_k of all questions, to [K] f64 at `to`. */
export function hordePredict(to: usize): void {
  narrow();
  passes(to, true);
  plan.setHordePending(0);
}

/** Pays what is owed to the weights alone. */
export function hordeFlush(): void {
  if (plan.hordePending == 0) return;
  passes(0, false);
  plan.setHordePending(0);
}

/** phi in the precision of the weights. */
function narrow(): void {
  for (let i: usize = 0; i < <usize>plan.features; i++) {
    store<real>(plan.hordePhi + i * SIZE, <real>load<f64>(plan.phi + (i << 3)));
  }
}

function passes(to: usize, predicts: bool): void {
  for (let b: usize = 0; b < <usize>plan.bundles; b++) {
    const end = <usize>load<u32>(plan.bundleStart + ((b + 1) << 2)) << 2;
    const z = plan.hordeZOld + b * plan.hordeStride;
    let j = <usize>load<u32>(plan.bundleStart + (b << 2)) << 2;
    for (; j + 16 <= end; j += 16) four(plan.bundleOrder + j, z, to, predicts);
    for (; j < end; j += 4) one(load<u32>(plan.bundleOrder + j), z, to, predicts);
  }
}

// @ts-ignore: decorator
@inline
function owed(k: usize): v128 {
  return splat(plan.hordePending == 1 ? <real>load<f64>(plan.hordeOwed + (k << 3)) : 0);
}

function four(order: usize, z: usize, to: usize, predicts: bool): void {
  const k0 = <usize>load<u32>(order);
  const k1 = <usize>load<u32>(order, 4);
  const k2 = <usize>load<u32>(order, 8);
  const k3 = <usize>load<u32>(order, 12);
  const stride = plan.hordeStride;
  const w0 = plan.hordeWeights + k0 * stride;
  const w1 = plan.hordeWeights + k1 * stride;
  const w2 = plan.hordeWeights + k2 * stride;
  const w3 = plan.hordeWeights + k3 * stride;
  const s0 = owed(k0);
  const s1 = owed(k1);
  const s2 = owed(k2);
  const s3 = owed(k3);
  const phi = plan.hordePhi;
  let v0 = splat(0);
  let v1 = splat(0);
  let v2 = splat(0);
  let v3 = splat(0);
  for (let i: usize = 0; i < stride; i += 16) {
    const e = v128.load(z + i);
    const x = v128.load(phi + i);
    const n0 = madd(s0, e, v128.load(w0 + i));
    const n1 = madd(s1, e, v128.load(w1 + i));
    const n2 = madd(s2, e, v128.load(w2 + i));
    const n3 = madd(s3, e, v128.load(w3 + i));
    v128.store(w0 + i, n0);
    v128.store(w1 + i, n1);
    v128.store(w2 + i, n2);
    v128.store(w3 + i, n3);
    v0 = madd(n0, x, v0);
    v1 = madd(n1, x, v1);
    v2 = madd(n2, x, v2);
    v3 = madd(n3, x, v3);
  }
  if (!predicts) return;
  store<f64>(to + (k0 << 3), total(v0));
  store<f64>(to + (k1 << 3), total(v1));
  store<f64>(to + (k2 << 3), total(v2));
  store<f64>(to + (k3 << 3), total(v3));
}

function one(k: usize, z: usize, to: usize, predicts: bool): void {
  const stride = plan.hordeStride;
  const w = plan.hordeWeights + k * stride;
  const s = owed(k);
  let v = splat(0);
  for (let i: usize = 0; i < stride; i += 16) {
    const n = madd(s, v128.load(z + i), v128.load(w + i));
    v128.store(w + i, n);
    v = madd(n, v128.load(plan.hordePhi + i), v);
  }
  if (predicts) store<f64>(to + (k << 3), total(v));
}

// @ts-ignore: decorator
@inline
function total(v: v128): f64 {
  if (sizeof<real>() == 8) return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1);
  const low = f64x2.promote_low_f32x4(v);
  const high = f64x2.promote_low_f32x4(v128.shuffle<f32>(v, v, 2, 3, 2, 3));
  const sum = f64x2.add(low, high);
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}

/** Errors of all questions, what is owed for them, and z_t. `at`: byte offset of the step's questions in the chunk. */
export function hordeLearn(at: usize, ratio: f64, begins: bool): void {
  for (let k: usize = 0; k < (<usize>plan.questions) << 3; k += 8) {
    const gamma = load<f64>(plan.chunkDiscount + at + k);
    const next = load<f64>(plan.chunkCumulant + at + k) + gamma * load<f64>(plan.chunkPrediction + at + k);
    const delta = begins ? 0 : next - load<f64>(plan.v_tm1 + k);
    store<f64>(plan.chunkDelta + at + k, delta);
    store<f64>(plan.hordeOwed + k, plan.headAlpha * delta);
  }
  if (plan.learning == 0) return;
  for (let b: usize = 0; b < <usize>plan.bundles; b++) {
    const first = <usize>load<u32>(plan.bundleOrder + (<usize>load<u32>(plan.bundleStart + (b << 2)) << 2));
    const gamma = begins ? 0 : load<f64>(plan.chunkDiscount + at + (first << 3));
    fade(b * plan.hordeStride, <real>ratio, <real>(gamma * load<f64>(plan.bundleLambda + (b << 3))), begins);
  }
  plan.setHordePending(begins ? 0 : 1);
}

/** The z that errors belong to is set aside: weighed by the action's ratio, it is what the next pass moves along. */
function fade(at: usize, ratio: real, decay: real, begins: bool): void {
  const z = plan.hordeZ + at;
  const old = plan.hordeZOld + at;
  const weigh = splat(begins ? 1 : ratio);
  const by = splat(decay);
  for (let i: usize = 0; i < plan.hordeStride; i += 16) {
    const weighed = mul(weigh, v128.load(z + i));
    v128.store(old + i, weighed);
    v128.store(z + i, add(mul(by, weighed), v128.load(plan.hordePhi + i)));
  }
}

export function hordeClear(): void {
  memory.fill(plan.hordeZ, 0, <usize>plan.bundles * plan.hordeStride);
}
