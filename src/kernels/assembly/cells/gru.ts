/** GRU, reset after the recurrent product: src/cells/gru.ts, whole vectors of units. */
import { direct, endUnit, firstUnit, gain, kp, next, pre, stateAt, sums, work } from '../plan';
import { sigmoid, tanh } from '../math';
import { madd, mul, real, SIZE, splat, sub } from '../vector';

export function activate(_layer: i32): void {
  const gate = <usize>kp * SIZE;
  for (let u = firstUnit; u < endUnit; u += 16) {
    const z = sigmoid(v128.load(sums + u));
    const r = sigmoid(v128.load(sums + gate + u));
    const a = tanh(madd(r, v128.load(sums + 2 * gate + u), v128.load(sums + 3 * gate + u)));
    const keep = sub(splat(<real>1), z);
    v128.store(work + u, z);
    v128.store(work + gate + u, r);
    v128.store(work + 2 * gate + u, a);
    v128.store(pre + stateAt + u, madd(keep, v128.load(next + stateAt + u), mul(z, a)));
  }
}

export function differentiate(): void {
  const gate = <usize>kp * SIZE;
  const one = splat(<real>1);
  for (let u = firstUnit; u < endUnit; u += 16) {
    const z = v128.load(work + u);
    const r = v128.load(work + gate + u);
    const a = v128.load(work + 2 * gate + u);
    const slope = mul(z, sub(one, mul(a, a)));
    const keep = sub(one, z);
    v128.store(gain + u, mul(mul(sub(a, v128.load(next + stateAt + u)), z), keep));
    v128.store(gain + gate + u, mul(mul(mul(slope, v128.load(sums + 2 * gate + u)), r), sub(one, r)));
    v128.store(gain + 2 * gate + u, mul(slope, r));
    v128.store(gain + 3 * gate + u, slope);
    v128.store(direct + u, keep);
  }
}
