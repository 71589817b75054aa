/** Recurrent Trace Unit: equations (4)-(7) of src/cells/rtu.ts, whole vectors of units. State [h1; h2]. options: [f]. */
import { direct, endUnit, firstUnit, gain, kp, options, pre, restAt, slots, stateAt, sums, work } from '../plan';
import { activation, slope } from '../activations';
import { oneLessExponential } from '../math';
import { turn, turnedIm, turnedRe } from '../turn';
import { add, madd, mul, real, SIZE, splat } from '../vector';

const EPSILON: real = <real>1e-8;

export function activate(_layer: i32): void {
  const group = <usize>kp * SIZE;
  const f = <i32>load<f64>(options);
  for (let u = firstUnit; u < endUnit; u += 16) {
    turn(u);
    const nu = v128.load(work + 2 * group + u);
    const root = v128.sqrt<real>(oneLessExponential(mul(splat(<real>-2), nu))); // (5)
    v128.store(work + 4 * group + u, root);
    const gamma = add(root, splat(EPSILON));
    const a1 = turnedRe(u, mul(gamma, v128.load(sums + 2 * group + u))); // (4)
    const a2 = turnedIm(u, mul(gamma, v128.load(sums + 3 * group + u)));
    v128.store(pre + stateAt + u, activation(f, a1));
    v128.store(pre + restAt + u, activation(f, a2));
  }
}

export function differentiate(): void {
  const group = <usize>kp * SIZE;
  const second = gain + <usize>slots * SIZE; // gains of h2
  const zero = splat(<real>0);
  const f = <i32>load<f64>(options);
  for (let u = firstUnit; u < endUnit; u += 16) {
    const g = v128.load(work + u);
    const phi = v128.load(work + group + u);
    const nu = v128.load(work + 2 * group + u);
    const theta = v128.load(work + 3 * group + u);
    const root = v128.load(work + 4 * group + u);
    const gamma = add(root, splat(EPSILON));
    const square = madd(g, g, mul(phi, phi)); // |lambda|^2
    const rise = v128.div<real>(mul(nu, square), root); // (5)
    const f1 = slope(f, v128.load(pre + stateAt + u));
    const f2 = slope(f, v128.load(pre + restAt + u));
    const re = turnedRe(u, zero);
    const im = turnedIm(u, zero);
    const less = v128.neg<real>(nu);
    v128.store(gain + u, mul(f1, madd(rise, v128.load(sums + 2 * group + u), mul(less, re)))); // (6)
    v128.store(second + u, mul(f2, madd(rise, v128.load(sums + 3 * group + u), mul(less, im))));
    v128.store(gain + group + u, mul(v128.neg<real>(f1), mul(theta, im)));
    v128.store(second + group + u, mul(f2, mul(theta, re)));
    v128.store(gain + 2 * group + u, mul(f1, gamma)); // (7)
    v128.store(second + 2 * group + u, zero);
    v128.store(gain + 3 * group + u, zero);
    v128.store(second + 3 * group + u, mul(f2, gamma));
    v128.store(direct + u, mul(f1, g));
    v128.store(direct + group + u, v128.neg<real>(mul(f1, phi)));
    v128.store(direct + 2 * group + u, mul(f2, phi));
    v128.store(direct + 3 * group + u, mul(f2, g));
  }
}
