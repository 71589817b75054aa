/**
 * SwiftTD on the head (src/step-sizes/swift-td.ts, whose equations these are), two weights at a time. `swiftApply` does
 * (1)-(3) and, since the sums at x_t need no more, fades the traces and makes vd, tau and T on the way; `swiftTrace`
 * does (4)-(6). A weight whose feature is 0 comes out of (4)-(6) as it went in. Two weights share a record of 160 bytes:
 * z, zd, zb, p, dw, beta, h, hOld, hTemp, alpha, 16 bytes each.
 */
import { exp64 } from './exp64';
import * as plan from './plan';
import { swiftApplySparse, swiftTraceSparse } from './swift-sparse';
import { look, sumT, sumTau, sumVd, takeSums } from './swift-sums';

export function swiftApply(delta: f64, ratio: f64, fade: f64): void {
  if (plan.swiftKnown == 0) look();
  if (plan.headRule == 3) return swiftApplySparse(delta, ratio, fade);
  const by = f64x2.splat(delta);
  const vd = f64x2.splat(load<f64>(plan.swiftVd));
  const late = f64x2.splat(delta - load<f64>(plan.swiftVd));
  const decay = f64x2.splat(fade);
  const weigh = f64x2.splat(ratio);
  const learns = plan.theta > 0;
  const theta = f64x2.splat(plan.theta);
  const least = f64x2.splat(plan.least);
  const most = f64x2.splat(plan.most);
  const zero = f64x2.splat(0);
  let moved = zero;
  let rates = zero;
  let said = zero;
  const row = <usize>plan.features << 3;
  for (let i: usize = 0; i < row; i += 16) {
    const at = plan.swift + i * 10;
    const wAt = plan.weights + i;
    const x = v128.load(plan.phi + i);
    const z = f64x2.mul(weigh, v128.load(at));
    const zd = f64x2.mul(weigh, v128.load(at, 16));
    const zb = f64x2.mul(weigh, v128.load(at, 32));
    const p = f64x2.mul(weigh, v128.load(at, 48));
    const owed = f64x2.mul(zd, vd);
    const dw = f64x2.sub(f64x2.mul(by, z), owed); // (1)
    v128.store(wAt, f64x2.add(v128.load(wAt), dw));
    v128.store(at, dw, 64);
    let alpha = v128.load(at, 144);
    const learned = f64x2.ne(p, zero);
    if (learns && v128.any_true(learned)) {
      const old = v128.load(at, 80);
      const step = f64x2.mul(f64x2.div(theta, alpha), f64x2.mul(late, p)); // (2)
      const beta = f64x2.pmin(f64x2.pmax(f64x2.add(old, step), least), most);
      v128.store(at, v128.bitselect(beta, old, learned), 80);
      alpha = v128.bitselect(exp64(beta), alpha, learned);
      v128.store(at, alpha, 144);
    }
    v128.store(at, v128.load(at, 96), 112); // (3)
    const h = f64x2.sub(f64x2.add(v128.load(at, 128), f64x2.mul(by, zb)), owed);
    v128.store(at, h, 96);
    const faded = f64x2.mul(decay, z);
    v128.store(at, faded);
    v128.store(at, f64x2.mul(decay, zb), 32);
    v128.store(at, f64x2.mul(decay, p), 48);
    moved = f64x2.add(moved, f64x2.mul(dw, x));
    rates = f64x2.add(rates, f64x2.mul(f64x2.mul(alpha, x), x));
    said = f64x2.add(said, f64x2.mul(faded, x));
  }
  takeSums(both(moved), both(rates), both(said));
}

export function swiftTrace(): void {
  if (plan.headRule == 3) return swiftTraceSparse();
  store<f64>(plan.swiftVd, sumVd);
  const binds = sumTau > plan.eta;
  const bound = f64x2.splat(min<f64>(1, plan.eta / sumTau));
  const rest = f64x2.splat(1 - sumT);
  const shrink = f64x2.splat(plan.shrink);
  const zero = f64x2.splat(0);
  const row = <usize>plan.features << 3;
  for (let i: usize = 0; i < row; i += 16) {
    const at = plan.swift + i * 10;
    const x = v128.load(plan.phi + i);
    const zd = f64x2.mul(bound, f64x2.mul(v128.load(at, 144), x)); // (4)
    v128.store(at, zd, 16);
    const zOld = v128.load(at);
    const z = f64x2.add(zOld, f64x2.mul(zd, rest));
    v128.store(at, z);
    let h = v128.load(at, 96);
    let hOld = v128.load(at, 112);
    const seen = f64x2.mul(hOld, x);
    v128.store(at, f64x2.add(v128.load(at, 48), seen), 48); // (5)
    let zb = v128.load(at, 32);
    zb = f64x2.add(zb, f64x2.mul(zd, f64x2.sub(rest, f64x2.mul(zb, x))));
    let hTemp = f64x2.sub(f64x2.sub(h, f64x2.mul(seen, f64x2.sub(z, zd))), f64x2.mul(f64x2.mul(h, zd), x));
    if (binds) {
      const active = f64x2.ne(x, zero);
      const beta = f64x2.add(v128.load(at, 80), f64x2.mul(shrink, f64x2.mul(x, x))); // (6)
      v128.store(at, beta, 80);
      if (v128.any_true(active)) {
        v128.store(at, v128.bitselect(exp64(beta), v128.load(at, 144), active), 144);
      }
      h = v128.andnot(h, active);
      hOld = v128.andnot(hOld, active);
      hTemp = v128.andnot(hTemp, active);
      zb = v128.andnot(zb, active);
      v128.store(at, h, 96);
      v128.store(at, hOld, 112);
    }
    v128.store(at, zb, 32);
    v128.store(at, hTemp, 128);
  }
}

/** The start of an episode: no trace, and no update between h and the next prediction. */
export function swiftClear(): void {
  const zero = f64x2.splat(0);
  for (let at = plan.swift, end = at + (<usize>plan.features << 3) * 10; at < end; at += 160) {
    for (let a: usize = 0; a < 80; a += 16) v128.store(at + a, zero);
    const h = v128.load(at, 96);
    v128.store(at, h, 112);
    v128.store(at, h, 128);
  }
  store<f64>(plan.swiftVd, 0);
  if (plan.headRule == 3) plan.setSwiftKnown(0);
}

/** From a target: the trace is that of phi alone, and ends with the step. */
export function swiftTarget(error: f64): void {
  swiftApply(0, 1, 0);
  swiftTrace();
  swiftApply(error, 1, 0);
  swiftClear();
}

// @ts-ignore: decorator
@inline
function both(v: v128): f64 {
  return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1);
}
