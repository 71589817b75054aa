/**
 * Truncated back-propagation, rolling (src/estimators/tbptt.ts): the last L inputs are lived again from s_{t-L} under
 * the present theta, then
 *   gradient = sum over l of error_{t-l} (x) pre_{t-l},   q_{t-l-1} = D_{t-l}' q_{t-l}
 * with D' q = direct' q + sum over rows of theta_r error_r, straight from the lines: D is never formed.
 */
import * as plan from './plan';
import { activate, differentiate } from './dispatch';
import { rowErrorsOf } from './errors';
import { forward } from './forward';
import { gatherCount, linesOf, QUAD, runAt, runLength, slotAt, tableOf, vectorCount } from './quad';
import { add, gather, LANES, madd, mul, real, SIZE, splat } from './vector';

export function beginTape(): void {
  plan.lived = 0;
}

function length(): i32 {
  return <i32>min<f64>(plan.lived, <f64>plan.window);
}

function slotOfRing(step: f64): usize {
  return <usize>(<u64>step % <u64>plan.window);
}

export function replay(): void {
  const x = <usize>(plan.inputs) * SIZE;
  const at = slotOfRing(plan.lived);
  memory.copy(plan.tapeInputs + at * x, plan.pre + plan.xAt, x);
  memory.copy(plan.tapeStates + at * plan.stateBytes, plan.pre + plan.stateAt, plan.stateBytes);
  plan.lived += 1;
  const first = plan.lived - <f64>length();
  const oldest = plan.tapeStates + slotOfRing(first) * plan.stateBytes;
  memory.copy(plan.tapePre + plan.stateAt, oldest, plan.stateBytes);
  const pre = plan.pre;
  const next = plan.next;
  const gain = plan.gain;
  const direct = plan.direct;
  for (let l = 0; l < length(); l++) {
    plan.next = plan.tapePre + <usize>l * plan.tapePreBytes;
    plan.pre = plan.next + plan.tapePreBytes;
    plan.gain = plan.tapeGain + <usize>l * plan.tapeGainBytes;
    plan.direct = plan.tapeDirect + <usize>l * plan.tapeDirectBytes;
    memory.copy(plan.next + plan.xAt, plan.tapeInputs + slotOfRing(first + <f64>l) * x, x);
    for (let layer = 0; layer < plan.layers; layer++) {
      const records = plan.layerQuads + (<usize>layer << 2);
      forward(<usize>load<u32>(records), <usize>load<u32>(records, 4));
      activate(layer);
    }
    differentiate();
  }
  plan.pre = pre;
  plan.next = next;
  plan.gain = gain;
  plan.direct = direct;
}

export function backward(): void {
  const width = <usize>plan.kp * SIZE;
  const b = <usize>plan.components;
  memory.copy(plan.tapeErrors, plan.errors, b * width);
  clearGradient();
  for (let l = length() - 1; l >= 0; l--) {
    const pre = plan.tapePre + <usize>l * plan.tapePreBytes;
    rowErrorsOf(plan.tapeErrors, plan.tapeGain + <usize>l * plan.tapeGainBytes);
    if (l > 0) memory.fill(plan.errorSums, 0, (plan.stateBytes / SIZE) << 4);
    gradients(pre, l > 0);
    if (l > 0) earlier(plan.tapeDirect + <usize>l * plan.tapeDirectBytes, width, b);
  }
}

function clearGradient(): void {
  for (let at = plan.lines; at < plan.linesEnd; at += plan.lineBytes) v128.store(at, splat(<real>0), 32);
}

/** gradient += error_r pre; where `back`, every state value read also collects theta error. */
function gradients(pre: usize, back: bool): void {
  const line = plan.lineBytes;
  const first = <usize>load<u32>(plan.layerQuads);
  const end = <usize>load<u32>(plan.layerQuads + (<usize>plan.layers << 2));
  const firstState = plan.stateAt;
  const endState = plan.stateAt + plan.stateBytes;
  for (let record = first; record < end; record += QUAD) {
    const error = v128.load(plan.rowErrors + slotAt(record));
    let at = linesOf(record);
    let offset = runAt(record);
    for (const stop = at + runLength(record) * line; at < stop; at += line, offset += SIZE) {
      v128.store(at, madd(error, v128.load_splat<real>(pre + offset), v128.load(at, 32)), 32);
      if (!back || offset < firstState || offset >= endState) continue;
      const sum = plan.errorSums + (((offset - firstState) / SIZE) << 4);
      v128.store(sum, madd(v128.load(at), error, v128.load(sum)));
    }
    let table = tableOf(record);
    for (let i = vectorCount(record); i > 0; i--, at += line, table += 4) {
      const from = <usize>load<u32>(table);
      v128.store(at, madd(error, v128.load(pre + from), v128.load(at, 32)), 32);
      if (back && from + 16 > firstState && from < endState) collect(mul(v128.load(at), error), from, firstState, endState);
    }
    for (let i = gatherCount(record); i > 0; i--, at += line, table += LANES * 4) {
      v128.store(at, madd(error, gather(pre, table), v128.load(at, 32)), 32);
      if (!back) continue;
      v128.store(scratch(), mul(v128.load(at), error));
      for (let lane: usize = 0; lane < <usize>LANES; lane++) {
        const from = <usize>load<u32>(table + (lane << 2));
        if (from < firstState || from >= endState) continue;
        const sum = plan.errorSums + (((from - firstState) / SIZE) << 4);
        store<real>(sum, load<real>(sum) + load<real>(scratch() + lane * SIZE));
      }
    }
  }
}

/** Sixteen bytes behind the error sums. */
// @ts-ignore: decorator
@inline
function scratch(): usize {
  return plan.errorSums + ((plan.stateBytes / SIZE) << 4);
}

/** W neighbours in pre, one product each; only those of the state count. */
function collect(products: v128, from: usize, firstState: usize, endState: usize): void {
  v128.store(scratch(), products);
  for (let lane: usize = 0; lane < <usize>LANES; lane++) {
    const read = from + lane * SIZE;
    if (read < firstState || read >= endState) continue;
    const sum = plan.errorSums + (((read - firstState) / SIZE) << 4);
    store<real>(sum, load<real>(sum) + load<real>(scratch() + lane * SIZE));
  }
}

/**
 * tapeErrors <- direct' tapeErrors + what the rows collected. Direct blocks beyond the own ones go to the sums first.
 * They are records, i32: [byte offset of the number, of the error of the unit that reads, of the sum of the state value].
 */
function earlier(direct: usize, width: usize, b: usize): void {
  const errors = plan.tapeErrors;
  for (let more = plan.directMore; more < plan.directMoreEnd; more += 12) {
    const sum = plan.errorSums + load<u32>(more, 8);
    const product = load<real>(direct + load<u32>(more)) * load<real>(errors + load<u32>(more, 4));
    store<real>(sum, load<real>(sum) + product);
  }
  const read = width == 0 ? 0 : (plan.q - plan.errors) / width; // component that heads read, first in the state
  for (let u: usize = 0; u < width; u += 16) {
    if (b == 1) {
      v128.store(errors + u, add(mul(v128.load(direct + u), v128.load(errors + u)), collected(u)));
      continue;
    }
    const e0 = v128.load(errors + u);
    const e1 = v128.load(errors + width + u);
    const from0 = read == 0 ? u : width + u;
    const from1 = read == 0 ? width + u : u;
    const n0 = madd(v128.load(direct + u), e0, mul(v128.load(direct + 2 * width + u), e1));
    const n1 = madd(v128.load(direct + width + u), e0, mul(v128.load(direct + 3 * width + u), e1));
    v128.store(errors + u, add(n0, collected(from0)));
    v128.store(errors + width + u, add(n1, collected(from1)));
  }
}

/** The sums over lanes of W neighbouring state values. `from` is their byte offset in the state. */
function collected(from: usize): v128 {
  const sums = plan.errorSums + ((from / SIZE) << 4);
  if (sizeof<real>() == 8) {
    const a = v128.load(sums);
    const b = v128.load(sums, 16);
    return f64x2.add(v128.shuffle<f64>(a, b, 0, 2), v128.shuffle<f64>(a, b, 1, 3));
  }
  const a = v128.load(sums);
  const b = v128.load(sums, 16);
  const c = v128.load(sums, 32);
  const d = v128.load(sums, 48);
  const ab = f32x4.add(v128.shuffle<f32>(a, b, 0, 4, 1, 5), v128.shuffle<f32>(a, b, 2, 6, 3, 7)); // a02 b02 a13 b13
  const cd = f32x4.add(v128.shuffle<f32>(c, d, 0, 4, 1, 5), v128.shuffle<f32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<f32>(ab, cd, 0, 1, 4, 5), v128.shuffle<f32>(ab, cd, 2, 3, 6, 7));
}
