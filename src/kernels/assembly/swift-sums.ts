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

/** Where the numbers of one weight lie: z, zd, zb, p, dw, beta, h, hOld, hTemp, alpha, 16 bytes apart. */
// @ts-ignore: decorator
@inline
export function recordOf(index: usize): usize {
  return plan.swift + (index >> 1) * 160 + ((index & 1) << 3);
}

/** alpha, and the list of weights with a trace: the arrays were written from outside, or traces ended. */
export function look(): void {
  plan.setSwiftKnown(1);
  for (let at = plan.swift, end = at + (<usize>plan.features << 3) * 10; at < end; at += 160) {
    v128.store(at, exp64(v128.load(at, 80)), 144);
  }
  if (plan.headRule != 3) return;
  let count = 0;
  for (let i: usize = 0; i < <usize>plan.features; i++) {
    const at = recordOf(i);
    const has = load<f64>(at) != 0 || load<f64>(at, 32) != 0 || load<f64>(at, 48) != 0 || load<f64>(at, 64) != 0;
    store<u8>(plan.swiftHas + i, has ? 1 : 0);
    if (!has) continue;
    store<i32>(plan.swiftVisited + (<usize>count << 2), <i32>i);
    count++;
  }
  visited = count;
}
