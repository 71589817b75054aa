/**
 * lambda h of complex diagonal units: equations (1) and (2) of src/complex-diagonal.ts, whole vectors of units. The
 * first two groups of sums are nu_log and theta_log; re lies first in the state, im behind it. `turn` leaves in work,
 * vectors of units each: [g, phi, nu, theta]; what a cell adds comes behind them.
 */
import { kp, next, restAt, stateAt, sums, work } from './plan';
import { exponential } from './math';
import { cos, sin } from './sine';
import { madd, mul, real, SIZE, sub } from './vector';

// @ts-ignore: decorator
@inline
export function turn(u: usize): void {
  const group = <usize>kp * SIZE;
  const nu = exponential(v128.load(sums + u));
  const theta = exponential(v128.load(sums + group + u));
  const r = exponential(v128.neg<real>(nu));
  v128.store(work + u, mul(r, cos(theta)));
  v128.store(work + group + u, mul(r, sin(theta)));
  v128.store(work + 2 * group + u, nu);
  v128.store(work + 3 * group + u, theta);
}

/** re of lambda h_{t-1}, plus `more` */
// @ts-ignore: decorator
@inline
export function turnedRe(u: usize, more: v128): v128 {
  const g = v128.load(work + u);
  const phi = v128.load(work + <usize>kp * SIZE + u);
  return madd(g, v128.load(next + stateAt + u), sub(more, mul(phi, v128.load(next + restAt + u))));
}

/** im of lambda h_{t-1}, plus `more` */
// @ts-ignore: decorator
@inline
export function turnedIm(u: usize, more: v128): v128 {
  const g = v128.load(work + u);
  const phi = v128.load(work + <usize>kp * SIZE + u);
  return madd(g, v128.load(next + restAt + u), madd(phi, v128.load(next + stateAt + u), more));
}
