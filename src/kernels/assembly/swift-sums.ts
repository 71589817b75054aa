/** The sums of SwiftTD at x_t, and what follows from its arrays. */
import { exp64 } from './exp64';
import * as plan from './plan';

export let sumVd: f64 = 0;
export let sumTau: f64 = 0;
export let sumT: f64 = 0;

export function takeSums(vd: f64, tau: f64, T: f64): void {
  sumVd = vd;
  sumTau = tau;
  sumT = T;
}

export let visited: i32 = 0; // how many weights have a trace

export function visit(count: i32): void {
  visited = count;
}

/** alpha, and the list of weights with a trace: the arrays were written from outside, or traces ended. */
export function look(): void {
  plan.setSwiftKnown(1);
  const row = <usize>plan.features << 3;
  for (let i: usize = 0; i < row; i += 16) {
    v128.store(plan.swift + 8 * row + i, exp64(v128.load(plan.swift + 4 * row + i)));
  }
  if (plan.headRule != 3) return;
  let count = 0;
  for (let i: usize = 0; i < <usize>plan.features; i++) {
    const at = plan.swift + (i << 3);
    const z = load<f64>(plan.headTrace + (i << 3));
    const has = z != 0 || load<f64>(at + row) != 0 || load<f64>(at + 2 * row) != 0 || load<f64>(at + 3 * row) != 0;
    store<u8>(plan.swiftHas + i, has ? 1 : 0);
    if (!has) continue;
    store<i32>(plan.swiftVisited + (<usize>count << 2), <i32>i);
    count++;
  }
  visited = count;
}
