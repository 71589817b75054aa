/**
 * SwiftTD on the head (src/step-sizes/swift-td.ts, whose equations these are), two weights at a time. `swiftApply` does
 * (1)-(3) and, since the sums at x_t need no more, fades the traces and makes vd, tau and T on the way; `swiftTrace`
 * does (4)-(6). A weight whose feature is 0 comes out of (4)-(6) as it went in.
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
    const at = plan.swift + i;
    const zAt = plan.headTrace + i;
    const wAt = plan.weights + i;
    const x = v128.load(plan.phi + i);
    const z = f64x2.mul(weigh, v128.load(zAt));
    const zd = f64x2.mul(weigh, v128.load(at));
    const zb = f64x2.mul(weigh, v128.load(at + row));
    const p = f64x2.mul(weigh, v128.load(at + 2 * row));
    const owed = f64x2.mul(zd, vd);
    const dw = f64x2.sub(f64x2.mul(by, z), owed); // (1)
    v128.store(wAt, f64x2.add(v128.load(wAt), dw));
    v128.store(at + 3 * row, dw);
    let alpha = v128.load(at + 8 * row);
    const learned = f64x2.ne(p, zero);
    if (learns && v128.any_true(learned)) {
      const old = v128.load(at + 4 * row);
      const step = f64x2.mul(f64x2.div(theta, alpha), f64x2.mul(late, p)); // (2)
      const beta = f64x2.pmin(f64x2.pmax(f64x2.add(old, step), least), most);
      v128.store(at + 4 * row, v128.bitselect(beta, old, learned));
      alpha = v128.bitselect(exp64(beta), alpha, learned);
      v128.store(at + 8 * row, alpha);
    }
    v128.store(at + 6 * row, v128.load(at + 5 * row)); // (3)
    const h = f64x2.sub(f64x2.add(v128.load(at + 7 * row), f64x2.mul(by, zb)), owed);
    v128.store(at + 5 * row, h);
    const faded = f64x2.mul(decay, z);
    v128.store(zAt, faded);
    v128.store(at + row, f64x2.mul(decay, zb));
    v128.store(at + 2 * row, f64x2.mul(decay, p));
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
    const at = plan.swift + i;
    const zAt = plan.headTrace + i;
    const x = v128.load(plan.phi + i);
    const zd = f64x2.mul(bound, f64x2.mul(v128.load(at + 8 * row), x)); // (4)
    v128.store(at, zd);
    const zOld = v128.load(zAt);
    const z = f64x2.add(zOld, f64x2.mul(zd, rest));
    v128.store(zAt, z);
    let h = v128.load(at + 5 * row);
    let hOld = v128.load(at + 6 * row);
    const seen = f64x2.mul(hOld, x);
    v128.store(at + 2 * row, f64x2.add(v128.load(at + 2 * row), seen)); // (5)
    let zb = v128.load(at + row);
    zb = f64x2.add(zb, f64x2.mul(zd, f64x2.sub(rest, f64x2.mul(zb, x))));
    let hTemp = f64x2.sub(f64x2.sub(h, f64x2.mul(seen, f64x2.sub(z, zd))), f64x2.mul(f64x2.mul(h, zd), x));
    if (binds) {
      const active = f64x2.ne(x, zero);
      const beta = f64x2.add(v128.load(at + 4 * row), f64x2.mul(shrink, f64x2.mul(x, x))); // (6)
      v128.store(at + 4 * row, beta);
      if (v128.any_true(active)) {
        v128.store(at + 8 * row, v128.bitselect(exp64(beta), v128.load(at + 8 * row), active));
      }
      h = v128.andnot(h, active);
      hOld = v128.andnot(hOld, active);
      hTemp = v128.andnot(hTemp, active);
      zb = v128.andnot(zb, active);
      v128.store(at + 5 * row, h);
      v128.store(at + 6 * row, hOld);
    }
    v128.store(at + row, zb);
    v128.store(at + 7 * row, hTemp);
  }
}

/** The start of an episode: no trace, and no update between h and the next prediction. */
export function swiftClear(): void {
  const row = <usize>plan.features << 3;
  memory.fill(plan.headTrace, 0, row);
  memory.fill(plan.swift, 0, 4 * row);
  memory.copy(plan.swift + 6 * row, plan.swift + 5 * row, row);
  memory.copy(plan.swift + 7 * row, plan.swift + 5 * row, row);
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
