/** Element-wise LSTM: equations (1) and (2) of src/cells/elstm.ts, whole vectors of units. */
import { direct, endUnit, firstUnit, gain, kp, next, pre, stateAt, sums, work } from '../plan';
import { sigmoid, tanh } from '../math';
import { madd, mul, real, SIZE, splat, sub, TINY } from '../vector';

export function activate(_layer: i32): void {
  const gate = <usize>kp * SIZE;
  const tiny = splat(TINY);
  for (let u = firstUnit; u < endUnit; u += 16) {
    const f = sigmoid(v128.load(sums + u));
    const z = tanh(v128.load(sums + gate + u));
    const fresh = madd(sub(splat(<real>1), f), z, tiny);
    v128.store(work + u, f);
    v128.store(work + gate + u, z);
    v128.store(pre + stateAt + u, madd(f, v128.load(next + stateAt + u), fresh)); // (1)
  }
}

export function differentiate(): void {
  const gate = <usize>kp * SIZE;
  const one = splat(<real>1);
  for (let u = firstUnit; u < endUnit; u += 16) {
    const f = v128.load(work + u);
    const z = v128.load(work + gate + u);
    const write = sub(one, f);
    v128.store(gain + u, mul(mul(sub(v128.load(next + stateAt + u), z), f), write)); // (2)
    v128.store(gain + gate + u, mul(write, sub(one, mul(z, z))));
    v128.store(direct + u, f);
  }
}
