/**
 * GRU, reset before the recurrent product: equations (1)-(4) of src/cells/gru-reset-before.ts. Pointwise maths in whole
 * vectors of units; what goes through W_a follows an index table, one weight at a time:
 *   [address where own weights W_a[j,j] end, where all end]; then per weight W_a[i,j], own ones first
 *   [gain of candidate i, address of the weight, unit j, gain of reset j on unit i, (i, j) of direct]
 * the rest byte offsets.
 */
import { betweenAt, direct, endUnit, firstUnit, gain, kp, next, pre, stateAt, sums, tables, work } from '../plan';
import { sigmoid, tanh } from '../math';
import { madd, mul, real, SIZE, splat, sub } from '../vector';

export function activate(layer: i32): void {
  const gate = <usize>kp * SIZE;
  for (let u = firstUnit; u < endUnit; u += 16) {
    const h = v128.load(next + stateAt + u);
    if (layer == 0) {
      const r = sigmoid(v128.load(sums + gate + u));
      v128.store(work + u, sigmoid(v128.load(sums + u)));
      v128.store(work + gate + u, r);
      v128.store(next + betweenAt + u, mul(r, h));
      continue;
    }
    const z = v128.load(work + u);
    const a = tanh(v128.load(sums + 2 * gate + u));
    v128.store(work + 2 * gate + u, a);
    v128.store(pre + stateAt + u, madd(sub(splat(<real>1), z), h, mul(z, a))); // (1)
  }
}

export function differentiate(): void {
  const gate = <usize>kp * SIZE;
  const one = splat(<real>1);
  for (let u = firstUnit; u < endUnit; u += 16) {
    const z = v128.load(work + u);
    const a = v128.load(work + 2 * gate + u);
    const keep = sub(one, z);
    v128.store(gain + u, mul(mul(sub(a, v128.load(next + stateAt + u)), z), keep)); // (2)
    v128.store(gain + 2 * gate + u, mul(z, sub(one, mul(a, a))));
    v128.store(direct + u, keep);
  }
  throughReset(gate);
}

function throughReset(gate: usize): void {
  const ownEnd = <usize>load<u32>(tables);
  for (let at = tables + 8, end = <usize>load<u32>(tables, 4); at < end; at += 20) {
    const j = <usize>load<u32>(at, 8);
    const r = load<real>(work + gate + j);
    const slope = load<real>(gain + load<u32>(at)) * load<real>(<usize>load<u32>(at, 4)) * r;
    store<real>(gain + load<u32>(at, 12), slope * load<real>(next + stateAt + j) * (1 - r)); // (3)
    const to = direct + <usize>load<u32>(at, 16);
    store<real>(to, at < ownEnd ? load<real>(to) + slope : slope); // (4)
  }
}
