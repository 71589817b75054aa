/**
 * gradient = sum over the L steps of the tape of error_{r,l} pre_l, written into the lines in one pass. Entries that W rows
 * read alike, or side by side, go step by step through the tape as it lies; where every row reads what it likes, W steps go
 * side by side, through errors and pre turned round: [slots x L], [pre x L], L padded to whole vectors.
 */
import * as plan from './plan';
import { gatherCount, linesOf, QUAD, runAt, runLength, slotAt, tableOf, vectorCount } from './quad';
import { LANES, madd, real, SIZE, splat } from './vector';

export function gradients(steps: i32): void {
  const line = plan.lineBytes;
  const first = <usize>load<u32>(plan.layerQuads);
  const end = <usize>load<u32>(plan.layerQuads + (<usize>plan.layers << 2));
  let reads = plan.turnedReads;
  if (plan.turnedBytes != 0) turnTape(steps);
  for (let record = first; record < end; record += QUAD) {
    const errors = plan.tapeRowErrors + slotAt(record);
    let at = linesOf(record);
    const stop = at + runLength(record) * line;
    let from = plan.tapePre + runAt(record);
    for (; at + 3 * line < stop; at += 4 * line, from += 4 * SIZE) four(at, errors, from, steps);
    for (; at < stop; at += line, from += SIZE) one(at, errors, from, steps);
    let table = tableOf(record);
    for (let i = vectorCount(record); i > 0; i--, at += line, table += 4) {
      beside(at, errors, plan.tapePre + load<u32>(table), steps);
    }
    const turned = plan.turnedErrors + (slotAt(record) / SIZE) * plan.turnedBytes;
    for (let i = gatherCount(record); i > 0; i--, at += line, reads += LANES * 4) anywhere(at, turned, reads);
  }
}

/** Four neighbouring entries of a run. */
function four(at: usize, errors: usize, from: usize, steps: i32): void {
  const line = plan.lineBytes;
  let a = splat(<real>0);
  let b = a;
  let c = a;
  let d = a;
  for (; steps > 0; steps--, errors += plan.tapeRowErrorBytes, from += plan.tapePreBytes) {
    const error = v128.load(errors);
    a = madd(error, v128.load_splat<real>(from), a);
    b = madd(error, v128.load_splat<real>(from, SIZE), b);
    c = madd(error, v128.load_splat<real>(from, 2 * SIZE), c);
    d = madd(error, v128.load_splat<real>(from, 3 * SIZE), d);
  }
  v128.store(at, a, 32);
  v128.store(at + line, b, 32);
  v128.store(at + 2 * line, c, 32);
  v128.store(at + 3 * line, d, 32);
}

function one(at: usize, errors: usize, from: usize, steps: i32): void {
  let sum = splat(<real>0);
  for (; steps > 0; steps--, errors += plan.tapeRowErrorBytes, from += plan.tapePreBytes) {
    sum = madd(v128.load(errors), v128.load_splat<real>(from), sum);
  }
  v128.store(at, sum, 32);
}

/** W neighbours in pre. */
function beside(at: usize, errors: usize, from: usize, steps: i32): void {
  let sum = splat(<real>0);
  for (; steps > 0; steps--, errors += plan.tapeRowErrorBytes, from += plan.tapePreBytes) {
    sum = madd(v128.load(errors), v128.load(from), sum);
  }
  v128.store(at, sum, 32);
}

/** W values anywhere: one inner product over the steps each. `errors` are those of W slots, `reads` W addresses. */
// @ts-ignore: decorator
@inline
function anywhere(at: usize, errors: usize, reads: usize): void {
  const bytes = plan.turnedBytes;
  let from0 = <usize>load<u32>(reads);
  let from1 = <usize>load<u32>(reads, 4);
  let a = splat(<real>0);
  let b = a;
  if (sizeof<real>() == 8) {
    for (const stop = errors + bytes; errors < stop; errors += 16, from0 += 16, from1 += 16) {
      a = madd(v128.load(errors), v128.load(from0), a);
      b = madd(v128.load(errors + bytes), v128.load(from1), b);
    }
    v128.store(at, f64x2.add(v128.shuffle<f64>(a, b, 0, 2), v128.shuffle<f64>(a, b, 1, 3)), 32);
    return;
  }
  let from2 = <usize>load<u32>(reads, 8);
  let from3 = <usize>load<u32>(reads, 12);
  let c = a;
  let d = a;
  for (const stop = errors + bytes; errors < stop; errors += 16, from0 += 16, from1 += 16, from2 += 16, from3 += 16) {
    a = madd(v128.load(errors), v128.load(from0), a);
    b = madd(v128.load(errors + bytes), v128.load(from1), b);
    c = madd(v128.load(errors + 2 * bytes), v128.load(from2), c);
    d = madd(v128.load(errors + 3 * bytes), v128.load(from3), d);
  }
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7)); // a02 b02 a13 b13
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  v128.store(at, f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7)), 32);
}

/** Steps that the tape does not have yet count as errors of 0. */
function turnTape(steps: i32): void {
  if (steps < plan.window) {
    memory.fill(plan.turnedErrors, 0, <usize>plan.slots * plan.turnedBytes);
    memory.fill(plan.turnedPre, 0, (plan.tapePreBytes / SIZE) * plan.turnedBytes);
  }
  for (let l: usize = 0; l < <usize>steps; l++) {
    turn(plan.tapeRowErrors + l * plan.tapeRowErrorBytes, plan.turnedErrors + l * SIZE, <usize>plan.slots * SIZE);
    turn(plan.tapePre + l * plan.tapePreBytes, plan.turnedPre + l * SIZE, plan.tapePreBytes);
  }
}

/** Neighbours become `turnedBytes` apart. */
function turn(from: usize, to: usize, bytes: usize): void {
  const apart = plan.turnedBytes;
  for (const stop = from + bytes; from < stop; from += 16) {
    const v = v128.load(from);
    if (sizeof<real>() == 8) {
      v128.store64_lane(to, v, 0);
      v128.store64_lane(to + apart, v, 1);
    } else {
      v128.store32_lane(to, v, 0);
      v128.store32_lane(to + apart, v, 1);
      v128.store32_lane(to + 2 * apart, v, 2);
      v128.store32_lane(to + 3 * apart, v, 3);
    }
    to += apart * LANES;
  }
}
