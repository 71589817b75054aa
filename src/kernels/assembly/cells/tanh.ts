/** Vanilla or leaky tanh units, dense or in columns: src/cells/tanh.ts. options: [leak]. */
import { direct, endUnit, firstUnit, gain, next, options, pre, stateAt, sums, work } from '../plan';
import { tanh } from '../math';
import { madd, mul, real, splat, sub } from '../vector';

export function activate(_layer: i32): void {
  const leak = splat(<real>load<f64>(options));
  const keep = splat(<real>(1 - load<f64>(options)));
  for (let u = firstUnit; u < endUnit; u += 16) {
    const a = tanh(v128.load(sums + u));
    v128.store(work + u, a);
    v128.store(pre + stateAt + u, madd(keep, v128.load(next + stateAt + u), mul(leak, a)));
  }
}

export function differentiate(): void {
  const leak = splat(<real>load<f64>(options));
  const keep = splat(<real>(1 - load<f64>(options)));
  for (let u = firstUnit; u < endUnit; u += 16) {
    const a = v128.load(work + u);
    v128.store(gain + u, mul(leak, sub(splat(<real>1), mul(a, a))));
    v128.store(direct + u, keep);
  }
}
