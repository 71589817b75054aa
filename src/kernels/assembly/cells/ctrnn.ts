/**
 * Continuous-time net: equations (1)-(3) of src/cells/ctrnn.ts, whole vectors of units. options: [1 = time constants
 * are learned, alpha of every unit, padded to whole vectors].
 */
import { direct, endUnit, firstUnit, gain, kp, next, options, pre, stateAt, sums, work } from '../plan';
import { sigmoid, tanh } from '../math';
import { madd, mul, real, SIZE, splat, sub, TINY } from '../vector';

// @ts-ignore: decorator
@inline
function isLearned(): bool {
  return load<f64>(options) == 1;
}

/** 1 / tau of the units at byte offset `u`. */
// @ts-ignore: decorator
@inline
function fixedRate(u: usize): v128 {
  const from = options + 8 + (u / SIZE) * 8;
  if (sizeof<real>() == 8) return v128.load(from);
  const low = f32x4.demote_f64x2_zero(v128.load(from));
  return v128.shuffle<f32>(low, f32x4.demote_f64x2_zero(v128.load(from, 16)), 0, 1, 4, 5);
}

export function activate(_layer: i32): void {
  const gate = <usize>kp * SIZE;
  const tiny = splat(TINY);
  for (let u = firstUnit; u < endUnit; u += 16) {
    const a = tanh(v128.load(sums + u));
    const rate = isLearned() ? sigmoid(v128.load(sums + gate + u)) : fixedRate(u);
    v128.store(work + u, a);
    v128.store(work + gate + u, rate);
    const keep = sub(splat(<real>1), rate);
    v128.store(pre + stateAt + u, madd(keep, v128.load(next + stateAt + u), madd(rate, a, tiny))); // (1)
  }
}

export function differentiate(): void {
  const gate = <usize>kp * SIZE;
  const one = splat(<real>1);
  for (let u = firstUnit; u < endUnit; u += 16) {
    const a = v128.load(work + u);
    const rate = v128.load(work + gate + u);
    const keep = sub(one, rate);
    v128.store(gain + u, mul(rate, sub(one, mul(a, a)))); // (2)
    v128.store(direct + u, keep);
    if (isLearned()) v128.store(gain + gate + u, mul(mul(sub(a, v128.load(next + stateAt + u)), rate), keep)); // (3)
  }
}
