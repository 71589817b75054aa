/**
 * One pass over memory does what the last step still owes and the sums of this one (deferred update). Per parameter:
 *   theta += alpha delta_t z_{t-1}                          or, rmsprop, with nu                          (12.7)
 *   T <- B T + gain pre_t                                   b numbers; nothing to keep for b = 0          (3)
 *   z <- gamma_t lambda z_{t-1} + q_t' T                    b = 0: + error_r pre_t                        (12.5)
 *   a += theta pre_{t+1}
 * in this order, so that it is the textbook's step. B and q belong to the row's own unit; q has one number where heads
 * read the last component, b where they read all. b = 0 is the estimator without traces: error_r = dv_t/da_r, 0 where
 * the state is not learned.
 */
import {
  constants,
  gain,
  kp,
  next,
  own,
  ownSpread,
  pairs,
  pre,
  preBytes,
  q,
  qSpread,
  readings,
  rowErrors,
  slots,
  sums,
  unitOfSlot,
} from './plan';
import { changeByMoment, fadeOf, stepOf, tinyOf } from './change';
import { gatherCount, linesOf, QUAD, runAt, runLength, slotAt, tableOf, unitAt, vectorCount } from './quad';
import { LANES, madd, mul, real, SIZE, splat } from './vector';

/** How a line reads pre: one value for all W rows, W neighbours, or W values anywhere. */
const RUN: i32 = 0;
const VECTOR: i32 = 1;
const GATHER: i32 = 2;

// @ts-ignore: decorator
@inline
function read(kind: i32, from: usize): v128 {
  return kind == RUN ? v128.load_splat<real>(from) : v128.load(from);
}

/** Both numbers of two (f32) pairs at the `two` offsets of pre, or of one (f64). */
// @ts-ignore: decorator
@inline
function pairsAt(two: u64): v128 {
  if (sizeof<real>() == 8) return v128.load(pairs + (<usize>two << 1));
  return v128.load64_lane(pairs + (<usize>(two >> 32) << 1), v128.load64_zero(pairs + (<usize>two << 1)), 1);
}

/** The first (pre_t) or the second (pre_{t+1}) numbers of W pairs. */
// @ts-ignore: decorator
@inline
function ofPairs(a: v128, b: v128, which: i32): v128 {
  if (sizeof<real>() == 8) return which == 0 ? v128.shuffle<f64>(a, b, 0, 2) : v128.shuffle<f64>(a, b, 1, 3);
  return which == 0 ? v128.shuffle<f32>(a, b, 0, 2, 4, 6) : v128.shuffle<f32>(a, b, 1, 3, 5, 7);
}

/** pre_t and pre_{t+1} number by number, where lines read values anywhere: one address then finds both. */
function pairUp(): void {
  for (let at: usize = 0; at < preBytes; at += 16) {
    const a = v128.load(pre + at);
    const b = v128.load(next + at);
    const to = pairs + (at << 1);
    if (sizeof<real>() == 8) {
      v128.store(to, v128.shuffle<f64>(a, b, 0, 2));
      v128.store(to, v128.shuffle<f64>(a, b, 1, 3), 16);
    } else {
      v128.store(to, v128.shuffle<f32>(a, b, 0, 4, 1, 5));
      v128.store(to, v128.shuffle<f32>(a, b, 2, 6, 3, 7), 16);
    }
  }
}

/**
 * One line. `old` is where it read at step t, `now` where it reads at t + 1; returns the sum with this entry in it.
 * Values are loaded right where they are used: sixteen registers hold no more than one line and its coefficients.
 */
// @ts-ignore: decorator
@inline
function line(
  b: i32,
  both: bool,
  rms: bool,
  kind: i32,
  at: usize,
  old: usize,
  now: usize,
  table: usize,
  sum: v128,
  block: usize,
  B00: v128,
  B01: v128,
  B10: v128,
  B11: v128,
  g0: v128,
  g1: v128,
  q: v128,
  q1: v128,
): v128 {
  const nuAt: usize = b == 2 ? 64 : b == 1 ? 48 : 32;
  const z = v128.load(at, 16);
  let theta = v128.load(at);
  if (rms) theta = changeByMoment(theta, z, at + nuAt, block);
  else theta = madd(stepOf(block), z, theta); // (12.7)
  v128.store(at, theta);
  let e: v128;
  if (kind == GATHER) {
    const first = pairsAt(sizeof<real>() == 8 ? load<u32>(table) : load<u64>(table));
    const second = pairsAt(sizeof<real>() == 8 ? load<u32>(table, 4) : load<u64>(table, 8));
    sum = madd(theta, ofPairs(first, second, 1), sum);
    e = ofPairs(first, second, 0);
  } else {
    sum = madd(theta, read(kind, now), sum);
    e = read(kind, old);
  }
  let gradient: v128;
  if (both) {
    const t0 = v128.load(at, 32);
    const t1 = v128.load(at, 48);
    const n0 = madd(B00, t0, madd(B01, t1, madd(g0, e, tinyOf(block)))); // (3)
    v128.store(at, n0, 32);
    const n1 = madd(B10, t0, madd(B11, t1, madd(g1, kind == GATHER ? e : read(kind, old), tinyOf(block))));
    v128.store(at, n1, 48);
    gradient = madd(q, n0, madd(q1, n1, tinyOf(block)));
  } else if (b == 2) {
    const t0 = v128.load(at, 32);
    const t1 = v128.load(at, 48);
    v128.store(at, madd(B00, t0, madd(B01, t1, madd(g0, e, tinyOf(block)))), 32); // (3)
    const n1 = madd(B10, t0, madd(B11, t1, mul(g1, kind == GATHER ? e : read(kind, old)))); // again: one register less
    v128.store(at, n1, 48);
    gradient = madd(q, n1, tinyOf(block));
  } else if (b == 1) {
    const t = madd(B00, v128.load(at, 32), madd(g0, e, tinyOf(block))); // (3)
    v128.store(at, t, 32);
    gradient = madd(q, t, tinyOf(block));
  } else {
    gradient = madd(q, e, tinyOf(block));
  }
  v128.store(at, madd(fadeOf(block), z, gradient), 16); // (12.5)
  return sum;
}

// @ts-ignore: decorator
@inline
function pass(b: i32, both: bool, rms: bool, first: usize, end: usize): void {
  const size: usize = (<usize>(2 + b) + (rms ? 1 : 0)) << 4;
  const stride = <usize>slots * SIZE;
  const zero = splat(<real>0);
  const block = constants;
  const blocks = unitOfSlot == 0 ? own : ownSpread;
  const blockStride = unitOfSlot == 0 ? <usize>kp * SIZE : stride;
  const reads = b == 0 ? rowErrors : unitOfSlot == 0 ? q : qSpread;
  for (let record = first; record < end; record += QUAD) {
    const unit = unitAt(record);
    const slot = slotAt(record);
    const B00 = b > 0 ? v128.load(blocks + unit) : zero;
    const B01 = b > 1 ? v128.load(blocks + blockStride + unit) : zero;
    const B10 = b > 1 ? v128.load(blocks + 2 * blockStride + unit) : zero;
    const B11 = b > 1 ? v128.load(blocks + 3 * blockStride + unit) : zero;
    const g0 = b > 0 ? v128.load(gain + slot) : zero;
    const g1 = b > 1 ? v128.load(gain + stride + slot) : zero;
    const error = v128.load(reads + (b == 0 ? slot : unit));
    const error1 = both ? v128.load(reads + blockStride + unit) : zero;
    let at = linesOf(record);
    let old = pre + runAt(record);
    let now = next + runAt(record);
    let sum = zero;
    for (const stop = at + runLength(record) * size; at < stop; at += size, old += SIZE, now += SIZE) {
      sum = line(b, both, rms, RUN, at, old, now, 0, sum, block, B00, B01, B10, B11, g0, g1, error, error1);
    }
    let table = tableOf(record);
    for (let i = vectorCount(record); i > 0; i--, at += size, table += 4) {
      const offset = <usize>load<u32>(table);
      sum = line(b, both, rms, VECTOR, at, pre + offset, next + offset, 0, sum, block, B00, B01, B10, B11, g0, g1, error, error1);
    }
    for (let i = gatherCount(record); i > 0; i--, at += size, table += LANES * 4) {
      sum = line(b, both, rms, GATHER, at, 0, 0, table, sum, block, B00, B01, B10, B11, g0, g1, error, error1);
    }
    v128.store(sums + slot, sum);
  }
}

// One function each, so that the compiler sees constants and registers of one loop only.
function fused0(first: usize, end: usize): void {
  pass(0, false, false, first, end);
}
function fused1(first: usize, end: usize): void {
  pass(1, false, false, first, end);
}
function fused2(first: usize, end: usize): void {
  pass(2, false, false, first, end);
}
function fusedBoth(first: usize, end: usize): void {
  pass(2, true, false, first, end);
}
function fused0rms(first: usize, end: usize): void {
  pass(0, false, true, first, end);
}
function fused1rms(first: usize, end: usize): void {
  pass(1, false, true, first, end);
}
function fused2rms(first: usize, end: usize): void {
  pass(2, false, true, first, end);
}
function fusedBothRms(first: usize, end: usize): void {
  pass(2, true, true, first, end);
}

/** `b` numbers per parameter; rmsprop where `rms`. */
export function fused(b: i32, rms: bool, first: usize, end: usize): void {
  if (pairs != 0) pairUp();
  if (rms) {
    if (b == 2) return readings == 2 ? fusedBothRms(first, end) : fused2rms(first, end);
    return b == 1 ? fused1rms(first, end) : fused0rms(first, end);
  }
  if (b == 2) return readings == 2 ? fusedBoth(first, end) : fused2(first, end);
  return b == 1 ? fused1(first, end) : fused0(first, end);
}
