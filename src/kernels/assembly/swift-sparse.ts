/** SwiftTD that visits the weights with a trace alone, and the features that are not 0. Equations: swift-td.ts. */
import { exp64 } from './exp64';
import * as plan from './plan';
import { sumT, sumTau, sumVd, takeSums, visit, visited } from './swift-sums';

const LEAVING: u8 = 2; // its trace is gone; its latest change still counts at x_t

export function swiftApplySparse(delta: f64, ratio: f64, fade: f64): void {
  const row = <usize>plan.features << 3;
  const vd = load<f64>(plan.swiftVd);
  const late = delta - vd;
  let kept = 0;
  for (let k = 0; k < visited; k++) {
    const index = load<i32>(plan.swiftVisited + (<usize>k << 2));
    const i = <usize>index << 3;
    const at = plan.swift + i;
    if (load<u8>(plan.swiftHas + index) == LEAVING) {
      store<f64>(at + 3 * row, 0);
      store<u8>(plan.swiftHas + index, 0);
      continue;
    }
    let z = ratio * load<f64>(plan.headTrace + i);
    let zb = ratio * load<f64>(at + row);
    let p = ratio * load<f64>(at + 2 * row);
    const owed = ratio * load<f64>(at) * vd;
    const dw = delta * z - owed; // (1)
    store<f64>(plan.weights + i, load<f64>(plan.weights + i) + dw);
    store<f64>(at + 3 * row, dw);
    let alpha = load<f64>(at + 8 * row);
    if (p != 0 && plan.theta > 0) {
      let beta = load<f64>(at + 4 * row) + (plan.theta / alpha) * (late * p); // (2)
      beta = min(max(beta, plan.least), plan.most);
      store<f64>(at + 4 * row, beta);
      alpha = exp(beta);
      store<f64>(at + 8 * row, alpha);
    }
    store<f64>(at + 6 * row, load<f64>(at + 5 * row)); // (3)
    const h = load<f64>(at + 7 * row) + delta * zb - owed;
    store<f64>(at + 5 * row, h);
    store<f64>(at + 7 * row, h);
    store<f64>(at, 0);
    store<i32>(plan.swiftVisited + (<usize>kept << 2), index);
    kept++;
    if (abs(z) <= plan.cut * alpha) {
      store<u8>(plan.swiftHas + index, LEAVING);
      z = 0;
      zb = 0;
      p = 0;
    }
    store<f64>(plan.headTrace + i, fade * z);
    store<f64>(at + row, fade * zb);
    store<f64>(at + 2 * row, fade * p);
  }
  visit(kept);
  sums();
}

/** Over the features that are not 0. */
function sums(): void {
  const row = <usize>plan.features << 3;
  let vd: f64 = 0;
  let tau: f64 = 0;
  let T: f64 = 0;
  for (let i: usize = 0; i < row; i += 8) {
    const x = load<f64>(plan.phi + i);
    if (x == 0) continue;
    vd += load<f64>(plan.swift + 3 * row + i) * x;
    tau += load<f64>(plan.swift + 8 * row + i) * x * x;
    T += load<f64>(plan.headTrace + i) * x;
  }
  takeSums(vd, tau, T);
}

export function swiftTraceSparse(): void {
  store<f64>(plan.swiftVd, sumVd);
  const row = <usize>plan.features << 3;
  const binds = sumTau > plan.eta;
  const bound = min<f64>(1, plan.eta / sumTau);
  const rest = 1 - sumT;
  let count = visited;
  for (let i: usize = 0; i < row; i += 8) {
    const x = load<f64>(plan.phi + i);
    if (x == 0) continue;
    const index = i >> 3;
    if (load<u8>(plan.swiftHas + index) == 0) {
      store<i32>(plan.swiftVisited + (<usize>count << 2), <i32>index);
      count++;
    }
    store<u8>(plan.swiftHas + index, 1);
    const at = plan.swift + i;
    const zd = bound * (load<f64>(at + 8 * row) * x); // (4)
    store<f64>(at, zd);
    const z = load<f64>(plan.headTrace + i) + zd * rest;
    store<f64>(plan.headTrace + i, z);
    const h = load<f64>(at + 5 * row);
    const seen = load<f64>(at + 6 * row) * x;
    store<f64>(at + 2 * row, load<f64>(at + 2 * row) + seen); // (5)
    const zb = load<f64>(at + row);
    store<f64>(at + row, zb + zd * (rest - zb * x));
    store<f64>(at + 7 * row, h - seen * (z - zd) - h * zd * x);
    if (!binds) continue;
    const beta = load<f64>(at + 4 * row) + plan.shrink * (x * x); // (6)
    store<f64>(at + 4 * row, beta);
    store<f64>(at + 8 * row, exp(beta));
    store<f64>(at + row, 0);
    for (let a: usize = 5; a < 8; a++) store<f64>(at + a * row, 0);
  }
  visit(count);
}

// @ts-ignore: decorator
@inline
function exp(a: f64): f64 {
  return f64x2.extract_lane(exp64(f64x2.splat(a)), 0);
}
