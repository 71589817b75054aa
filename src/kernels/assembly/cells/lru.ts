/** Linear Recurrent Unit: equations (4) and (5) of src/cells/lru.ts, whole vectors of units. State [re; im]. */
import { direct, endUnit, firstUnit, gain, kp, pre, restAt, slots, stateAt, sums, work } from '../plan';
import { exponential } from '../math';
import { turn, turnedIm, turnedRe } from '../turn';
import { madd, mul, real, SIZE, splat, TINY } from '../vector';

export function activate(_layer: i32): void {
  const group = <usize>kp * SIZE;
  const tiny = splat(TINY);
  for (let u = firstUnit; u < endUnit; u += 16) {
    turn(u);
    const gamma = exponential(v128.load(sums + 2 * group + u));
    v128.store(work + 4 * group + u, gamma);
    v128.store(pre + stateAt + u, turnedRe(u, madd(gamma, v128.load(sums + 3 * group + u), tiny)));
    v128.store(pre + restAt + u, turnedIm(u, madd(gamma, v128.load(sums + 4 * group + u), tiny)));
  }
}

export function differentiate(): void {
  const group = <usize>kp * SIZE;
  const second = gain + <usize>slots * SIZE; // gains of im
  const zero = splat(<real>0);
  for (let u = firstUnit; u < endUnit; u += 16) {
    const g = v128.load(work + u);
    const phi = v128.load(work + group + u);
    const less = v128.neg<real>(v128.load(work + 2 * group + u)); // -nu
    const theta = v128.load(work + 3 * group + u);
    const gamma = v128.load(work + 4 * group + u);
    const re = turnedRe(u, zero);
    const im = turnedIm(u, zero);
    v128.store(gain + u, mul(less, re)); // (4)
    v128.store(second + u, mul(less, im));
    v128.store(gain + group + u, mul(v128.neg<real>(theta), im));
    v128.store(second + group + u, mul(theta, re));
    v128.store(gain + 2 * group + u, mul(gamma, v128.load(sums + 3 * group + u)));
    v128.store(second + 2 * group + u, mul(gamma, v128.load(sums + 4 * group + u)));
    v128.store(gain + 3 * group + u, gamma); // (5)
    v128.store(second + 3 * group + u, zero);
    v128.store(gain + 4 * group + u, zero);
    v128.store(second + 4 * group + u, gamma);
    v128.store(direct + u, g);
    v128.store(direct + group + u, v128.neg<real>(phi));
    v128.store(direct + 2 * group + u, phi);
    v128.store(direct + 3 * group + u, g);
  }
}
