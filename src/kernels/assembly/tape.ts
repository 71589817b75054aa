/**
 * Truncated back-propagation, rolling (src/estimators/tbptt.ts): the last L inputs are lived again from s_{t-L} under
 * the present theta, then
 *   gradient = sum over l of error_{t-l} (x) pre_{t-l},   q_{t-l-1} = D_{t-l}' q_{t-l}
 * with D' q = direct' q + sum over rows of theta_r error_r. D is never formed: each number of the state has a row of its
 * readers: the weights that read it, copied once a step, and the errors of the sums that they are in.
 */
import * as plan from './plan';
import { activate, differentiate } from './dispatch';
import { rowErrorsOf } from './errors';
import { weighApart } from './forward';
import { putInOrder, takeWeights } from './passes';
import { gradients } from './tape-gradient';
import { add, madd, mul, real, SIZE } from './vector';

export function beginTape(): void {
  plan.lived = 0;
}

function length(): i32 {
  return <i32>min<f64>(plan.lived, <f64>plan.window);
}

function slotOfRing(step: f64): usize {
  return <usize>(<u64>step % <u64>plan.window);
}

/** What the latest step began with. */
export function record(): void {
  const x = <usize>(plan.inputs) * SIZE;
  const at = slotOfRing(plan.lived);
  memory.copy(plan.tapeInputs + at * x, plan.pre + plan.xAt, x);
  memory.copy(plan.tapeStates + at * plan.stateBytes, plan.pre + plan.stateAt, plan.stateBytes);
  plan.lived += 1;
}

export function replay(): void {
  const x = <usize>(plan.inputs) * SIZE;
  const first = plan.lived - <f64>length();
  const oldest = plan.tapeStates + slotOfRing(first) * plan.stateBytes;
  memory.copy(plan.tapeNow + plan.stateAt, oldest, plan.stateBytes);
  const pre = plan.pre;
  const next = plan.next;
  const gain = plan.gain;
  const direct = plan.direct;
  plan.next = plan.tapeNow;
  takeWeights(plan.againLines, plan.againLinesEnd, plan.againThetas);
  for (let l = 0; l < length(); l++) {
    const here = plan.tapePre + <usize>l * plan.tapePreBytes;
    plan.pre = here + plan.tapePreBytes;
    plan.gain = plan.tapeGain + <usize>l * plan.tapeGainBytes;
    plan.direct = plan.tapeDirect + <usize>l * plan.tapeDirectBytes;
    memory.copy(plan.tapeNow + plan.xAt, plan.tapeInputs + slotOfRing(first + <f64>l) * x, x);
    for (let layer = 0; layer < plan.layers; layer++) {
      const records = plan.againLayers + (<usize>layer << 2);
      const sums = plan.againOrder == 0 ? plan.sums : plan.againSums;
      weighApart(<usize>load<u32>(records), <usize>load<u32>(records, 4), sums);
      putInOrder(plan.againOrder, plan.sums, <usize>plan.slots * SIZE);
      activate(layer);
    }
    differentiate();
    memory.copy(here, plan.tapeNow, plan.tapePreBytes);
    memory.copy(plan.tapeNow + plan.stateAt, plan.pre + plan.stateAt, plan.stateBytes);
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
  takeWeights(plan.backLines, plan.backLinesEnd, plan.backThetas);
  for (let l = length() - 1; l >= 0; l--) {
    rowErrorsOf(plan.tapeErrors, plan.tapeGain + <usize>l * plan.tapeGainBytes);
    memory.copy(plan.tapeRowErrors + <usize>l * plan.tapeRowErrorBytes, plan.rowErrors, plan.tapeRowErrorBytes);
    if (l == 0) break;
    weighApart(plan.backFirst, plan.backEnd, plan.backOrder == 0 ? plan.errorSums : plan.backSums);
    putInOrder(plan.backOrder, plan.errorSums, plan.stateBytes);
    earlier(plan.tapeDirect + <usize>l * plan.tapeDirectBytes, width, b);
  }
  gradients(length());
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
      v128.store(errors + u, add(mul(v128.load(direct + u), v128.load(errors + u)), v128.load(plan.errorSums + u)));
      continue;
    }
    const e0 = v128.load(errors + u);
    const e1 = v128.load(errors + width + u);
    const from0 = read == 0 ? u : width + u;
    const from1 = read == 0 ? width + u : u;
    const n0 = madd(v128.load(direct + u), e0, mul(v128.load(direct + 2 * width + u), e1));
    const n1 = madd(v128.load(direct + width + u), e0, mul(v128.load(direct + 3 * width + u), e1));
    v128.store(errors + u, add(n0, v128.load(plan.errorSums + from0)));
    v128.store(errors + width + u, add(n1, v128.load(plan.errorSums + from1)));
  }
}
