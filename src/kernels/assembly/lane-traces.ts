/**
 * The traces of a lane, and what they teach, in one pass; per parameter, with B, gain and q of the row's own unit:
 *   T <- B T + gain pre_t           b numbers, [lines x b] vectors; nothing to keep for b = 0
 *   G <- G + q_t' T                 where a target came; b = 0: + error_r pre_t
 * as in fused.ts, where theta's change goes along.
 */
import {
  gain,
  kp,
  layerQuads,
  layers,
  lineBytes,
  lines,
  own,
  ownSpread,
  pre,
  q,
  qSpread,
  readings,
  rowErrors,
  slots,
  traces,
  unitOfSlot,
} from './plan';
import { gatherCount, linesOf, QUAD, runAt, runLength, slotAt, tableOf, unitAt, vectorCount } from './quad';
import { gather, LANES, madd, real, SIZE, splat, TINY } from './vector';

/** One line, which read e; its traces at `trace`. */
// @ts-ignore: decorator
@inline
function line(
  b: i32,
  both: bool,
  teaches: bool,
  at: usize,
  trace: usize,
  e: v128,
  B00: v128,
  B01: v128,
  B10: v128,
  B11: v128,
  g0: v128,
  g1: v128,
  q0: v128,
  q1: v128,
): void {
  if (b == 0) {
    v128.store(at, madd(q0, e, v128.load(at, 16)), 16);
    return;
  }
  const t0 = v128.load(trace);
  const t1 = b == 2 ? v128.load(trace, 16) : t0;
  let n0 = madd(B00, t0, madd(g0, e, splat(TINY)));
  if (b == 2) n0 = madd(B01, t1, n0);
  v128.store(trace, n0);
  const n1 = b == 2 ? madd(B10, t0, madd(B11, t1, madd(g1, e, splat(TINY)))) : n0;
  if (b == 2) v128.store(trace, n1, 16);
  if (!teaches) return;
  let sum = madd(q0, both || b == 1 ? n0 : n1, v128.load(at, 16));
  if (both) sum = madd(q1, n1, sum);
  v128.store(at, sum, 16);
}

// @ts-ignore: decorator
@inline
function pass(b: i32, both: bool, teaches: bool): void {
  const stride = <usize>slots * SIZE;
  const zero = splat(<real>0);
  const blocks = unitOfSlot == 0 ? own : ownSpread;
  const blockStride = unitOfSlot == 0 ? <usize>kp * SIZE : stride;
  const reads = b == 0 ? rowErrors : unitOfSlot == 0 ? q : qSpread;
  const size = lineBytes;
  const kept = <usize>b << 4;
  const end = <usize>load<u32>(layerQuads + (<usize>layers << 2));
  let trace = traces; // lines follow each other as records do
  for (let record = <usize>load<u32>(layerQuads); record < end; record += QUAD) {
    const unit = unitAt(record);
    const slot = slotAt(record);
    const B00 = b > 0 ? v128.load(blocks + unit) : zero;
    const B01 = b > 1 ? v128.load(blocks + blockStride + unit) : zero;
    const B10 = b > 1 ? v128.load(blocks + 2 * blockStride + unit) : zero;
    const B11 = b > 1 ? v128.load(blocks + 3 * blockStride + unit) : zero;
    const g0 = b > 0 ? v128.load(gain + slot) : zero;
    const g1 = b > 1 ? v128.load(gain + stride + slot) : zero;
    const q0 = teaches ? v128.load(reads + (b == 0 ? slot : unit)) : zero;
    const q1 = both && teaches ? v128.load(reads + blockStride + unit) : zero;
    let at = linesOf(record);
    let from = pre + runAt(record);
    for (const stop = at + runLength(record) * size; at < stop; at += size, trace += kept, from += SIZE) {
      line(b, both, teaches, at, trace, v128.load_splat<real>(from), B00, B01, B10, B11, g0, g1, q0, q1);
    }
    let table = tableOf(record);
    for (let i = vectorCount(record); i > 0; i--, at += size, trace += kept, table += 4) {
      line(b, both, teaches, at, trace, v128.load(pre + load<u32>(table)), B00, B01, B10, B11, g0, g1, q0, q1);
    }
    for (let i = gatherCount(record); i > 0; i--, at += size, trace += kept, table += LANES * 4) {
      line(b, both, teaches, at, trace, gather(pre, table), B00, B01, B10, B11, g0, g1, q0, q1);
    }
  }
}

// One function each, so that the compiler sees registers of one loop only.
function pass0(): void {
  pass(0, false, true);
}
function pass1(): void {
  pass(1, false, true);
}
function pass1still(): void {
  pass(1, false, false);
}
function pass2(): void {
  pass(2, false, true);
}
function passBoth(): void {
  pass(2, true, true);
}
function pass2still(): void {
  pass(2, false, false);
}

/** `b` numbers per parameter. */
export function gatherTraces(b: i32, teaches: bool): void {
  if (b == 0) return pass0();
  if (b == 1) return teaches ? pass1() : pass1still();
  if (!teaches) return pass2still();
  if (readings == 2) passBoth();
  else pass2();
}
