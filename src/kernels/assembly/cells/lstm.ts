/** LSTM, dense or in columns: equations (1)-(3) of src/lstm-gates.ts, whole vectors of units. State [h; c]. */
import { direct, endUnit, firstUnit, gain, kp, next, pre, restAt, slots, stateAt, sums, work } from '../plan';
import { sigmoid, tanh } from '../math';
import { add, madd, mul, real, SIZE, splat, sub, TINY } from '../vector';

export function activate(_layer: i32): void {
  const gate = <usize>kp * SIZE;
  for (let u = firstUnit; u < endUnit; u += 16) {
    const i = sigmoid(v128.load(sums + u));
    const f = sigmoid(v128.load(sums + gate + u));
    const o = sigmoid(v128.load(sums + 2 * gate + u));
    const g = tanh(v128.load(sums + 3 * gate + u));
    const c = madd(f, v128.load(next + restAt + u), madd(i, g, splat(TINY))); // (1)
    const squashed = tanh(c);
    v128.store(pre + restAt + u, c);
    v128.store(pre + stateAt + u, mul(o, squashed));
    v128.store(work + u, i);
    v128.store(work + gate + u, f);
    v128.store(work + 2 * gate + u, o);
    v128.store(work + 3 * gate + u, g);
    v128.store(work + 4 * gate + u, squashed);
  }
}

export function differentiate(): void {
  const gate = <usize>kp * SIZE;
  const second = <usize>slots * SIZE; // gains of h
  const one = splat(<real>1);
  for (let u = firstUnit; u < endUnit; u += 16) {
    const i = v128.load(work + u);
    const f = v128.load(work + gate + u);
    const o = v128.load(work + 2 * gate + u);
    const g = v128.load(work + 3 * gate + u);
    const squashed = v128.load(work + 4 * gate + u);
    const E = mul(o, sub(one, mul(squashed, squashed)));
    const S_i = mul(mul(g, i), sub(one, i)); // (2)
    const S_f = mul(mul(v128.load(next + restAt + u), f), sub(one, f));
    const S_g = mul(i, sub(one, mul(g, g)));
    v128.store(gain + u, S_i);
    v128.store(gain + gate + u, S_f);
    v128.store(gain + 2 * gate + u, splat(<real>0));
    v128.store(gain + 3 * gate + u, S_g);
    v128.store(gain + second + u, mul(E, S_i));
    v128.store(gain + second + gate + u, mul(E, S_f));
    v128.store(gain + second + 2 * gate + u, mul(mul(squashed, o), sub(one, o)));
    v128.store(gain + second + 3 * gate + u, mul(E, S_g));
    v128.store(direct + u, f); // (3)
    v128.store(direct + gate + u, splat(<real>0));
    v128.store(direct + 2 * gate + u, mul(E, f));
    v128.store(direct + 3 * gate + u, splat(<real>0));
  }
}
