/** SwiftTD that visits the weights with a trace alone, and the features that are not 0. Equations: swift-td.ts. */
import { exp64 } from './exp64';
import * as plan from './plan';
import { recordOf, sumT, sumTau, sumVd, takeSums, visit, visited } from './swift-sums';

const LEAVING: u8 = 2; // its trace is gone; its latest change still counts at x_t

/** Two weights at a time; an odd one has a weight beyond the last beside it, which is 0 and stays 0. */
export function swiftApplySparse(delta: f64, ratio: f64, fade: f64): void {
  const count = leave();
  const list = plan.swiftVisited;
  store<u32>(list + (<usize>count << 2), <u32>plan.features);
  const vd = f64x2.splat(load<f64>(plan.swiftVd));
  const late = f64x2.splat(delta - load<f64>(plan.swiftVd));
  const by = f64x2.splat(delta);
  const weigh = f64x2.splat(ratio);
  const decay = f64x2.splat(fade);
  const theta = f64x2.splat(plan.theta);
  const least = f64x2.splat(plan.least);
  const most = f64x2.splat(plan.most);
  const cut = f64x2.splat(plan.cut);
  const zero = f64x2.splat(0);
  const learns = plan.theta > 0;
  for (let k: usize = 0, end = <usize>count << 2; k < end; k += 8) {
    const i = load<u32>(list + k);
    const j = load<u32>(list + k, 4);
    const a = recordOf(i);
    const b = recordOf(j);
    let z = f64x2.mul(weigh, pair(a, b, 0));
    let zb = f64x2.mul(weigh, pair(a, b, 32));
    let p = f64x2.mul(weigh, pair(a, b, 48));
    const owed = f64x2.mul(f64x2.mul(weigh, pair(a, b, 16)), vd);
    const dw = f64x2.sub(f64x2.mul(by, z), owed); // (1)
    const wi = plan.weights + (<usize>i << 3);
    const wj = plan.weights + (<usize>j << 3);
    const w = f64x2.add(v128.load64_lane(wj, v128.load64_zero(wi), 1), dw);
    v128.store64_lane(wi, w, 0);
    v128.store64_lane(wj, w, 1);
    put(a, b, dw, 64);
    let alpha = pair(a, b, 144);
    const learned = f64x2.ne(p, zero);
    if (learns && v128.any_true(learned)) {
      const old = pair(a, b, 80);
      const moved = f64x2.add(old, f64x2.mul(f64x2.div(theta, alpha), f64x2.mul(late, p))); // (2)
      const beta = v128.bitselect(f64x2.pmin(f64x2.pmax(moved, least), most), old, learned);
      put(a, b, beta, 80);
      alpha = v128.bitselect(exp64(beta), alpha, learned);
      put(a, b, alpha, 144);
    }
    put(a, b, pair(a, b, 96), 112); // (3)
    const h = f64x2.sub(f64x2.add(pair(a, b, 128), f64x2.mul(by, zb)), owed);
    put(a, b, h, 96);
    put(a, b, h, 128);
    put(a, b, zero, 16);
    const gone = f64x2.le(f64x2.abs(z), f64x2.mul(cut, alpha));
    if (v128.any_true(gone)) {
      if (i64x2.extract_lane(gone, 0) != 0) store<u8>(plan.swiftHas + i, LEAVING);
      if (i64x2.extract_lane(gone, 1) != 0) store<u8>(plan.swiftHas + j, LEAVING);
      z = v128.andnot(z, gone);
      zb = v128.andnot(zb, gone);
      p = v128.andnot(p, gone);
    }
    put(a, b, f64x2.mul(decay, z), 0);
    put(a, b, f64x2.mul(decay, zb), 32);
    put(a, b, f64x2.mul(decay, p), 48);
  }
  visit(count);
  sums();
}

// @ts-ignore: decorator
@inline
function pair(a: usize, b: usize, at: usize): v128 {
  return v128.load64_lane(b + at, v128.load64_zero(a + at), 1);
}

// @ts-ignore: decorator
@inline
function put(a: usize, b: usize, v: v128, at: usize): void {
  v128.store64_lane(a + at, v, 0);
  v128.store64_lane(b + at, v, 1);
}

/** Strikes off the list what was to be visited once more, and was; returns how many stay. */
function leave(): i32 {
  const list = plan.swiftVisited;
  let kept: usize = 0;
  for (let k: usize = 0, end = <usize>visited << 2; k < end; k += 4) {
    const index = load<u32>(list + k);
    if (load<u8>(plan.swiftHas + index) == LEAVING) {
      store<f64>(recordOf(index), 0, 64);
      store<u8>(plan.swiftHas + index, 0);
      continue;
    }
    store<u32>(list + kept, index);
    kept += 4;
  }
  return <i32>(kept >> 2);
}

let active: i32 = 0; // features that are not 0

/** Over the features that are not 0, which are listed on the way. */
function sums(): void {
  let vd: f64 = 0;
  let tau: f64 = 0;
  let T: f64 = 0;
  let count = plan.swiftActive;
  for (let i: usize = 0; i < <usize>plan.features; i++) {
    const x = load<f64>(plan.phi + (i << 3));
    if (x == 0) continue;
    store<u32>(count, <u32>i);
    count += 4;
    const at = recordOf(i);
    vd += load<f64>(at, 64) * x;
    tau += load<f64>(at, 144) * x * x;
    T += load<f64>(at) * x;
  }
  active = <i32>((count - plan.swiftActive) >> 2);
  takeSums(vd, tau, T);
}

export function swiftTraceSparse(): void {
  store<f64>(plan.swiftVd, sumVd);
  const binds = sumTau > plan.eta;
  const bound = min<f64>(1, plan.eta / sumTau);
  const rest = 1 - sumT;
  let count = visited;
  for (let k = 0; k < active; k++) {
    const index = load<u32>(plan.swiftActive + (<usize>k << 2));
    const x = load<f64>(plan.phi + (<usize>index << 3));
    if (load<u8>(plan.swiftHas + index) == 0) {
      store<u32>(plan.swiftVisited + (<usize>count << 2), index);
      count++;
    }
    store<u8>(plan.swiftHas + index, 1);
    const at = recordOf(index);
    const zd = bound * (load<f64>(at, 144) * x); // (4)
    store<f64>(at, zd, 16);
    const z = load<f64>(at) + zd * rest;
    store<f64>(at, z);
    const h = load<f64>(at, 96);
    const seen = load<f64>(at, 112) * x;
    store<f64>(at, load<f64>(at, 48) + seen, 48); // (5)
    const zb = load<f64>(at, 32);
    store<f64>(at, zb + zd * (rest - zb * x), 32);
    store<f64>(at, h - seen * (z - zd) - h * zd * x, 128);
    if (!binds) continue;
    const beta = load<f64>(at, 80) + plan.shrink * (x * x); // (6)
    store<f64>(at, beta, 80);
    store<f64>(at, exp(beta), 144);
    store<f64>(at, 0, 32);
    for (let a: usize = 96; a < 144; a += 16) store<f64>(at + a, 0);
  }
  visit(count);
}

// @ts-ignore: decorator
@inline
function exp(a: f64): f64 {
  return f64x2.extract_lane(exp64(f64x2.splat(a)), 0);
}
