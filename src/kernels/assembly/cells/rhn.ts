/** Recurrent highway net: equations (1) and (2) of src/cells/rhn.ts, whole vectors of units. */
import { direct, endUnit, firstUnit, gain, kp, next, pre, stateAt, sums, work } from '../plan';
import { sigmoid, tanh } from '../math';
import { madd, mul, real, SIZE, splat, sub, TINY } from '../vector';

export function activate(_layer: i32): void {
  const gate = <usize>kp * SIZE;
  const half = splat(<real>0.5);
  const tiny = splat(TINY);
  for (let u = firstUnit; u < endUnit; u += 16) {
    const f = sigmoid(v128.load(sums + u));
    const c = tanh(mul(half, v128.load(sums + gate + u))); // 2 sigma(a) - 1, without its cancellation near 0
    const fresh = madd(sub(splat(<real>1), f), c, tiny);
    v128.store(work + u, f);
    v128.store(work + gate + u, c);
    v128.store(pre + stateAt + u, madd(f, v128.load(next + stateAt + u), fresh)); // (1)
  }
}

export function differentiate(): void {
  const gate = <usize>kp * SIZE;
  const one = splat(<real>1);
  const half = splat(<real>0.5);
  for (let u = firstUnit; u < endUnit; u += 16) {
    const f = v128.load(work + u);
    const c = v128.load(work + gate + u);
    const write = sub(one, f);
    v128.store(gain + u, mul(mul(sub(v128.load(next + stateAt + u), c), f), write)); // (2)
    v128.store(gain + gate + u, mul(mul(half, write), sub(one, mul(c, c))));
    v128.store(direct + u, f);
  }
}
