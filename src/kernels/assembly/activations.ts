/** src/activations.ts over whole vectors: 0 linear, 1 tanh, 2 relu. */
import { tanh } from './math';
import { add, mul, real, splat, sub, TINY } from './vector';

/** f(a). What decays never becomes subnormal, and relu is 0 where its argument is not positive, as in the definition. */
export function activation(f: i32, a: v128): v128 {
  const above = add(a, splat(TINY));
  if (f == 0) return above;
  if (f == 1) return tanh(above);
  return v128.and(above, v128.gt<real>(a, splat(<real>0)));
}

/** f'(a) for y = f(a) */
export function slope(f: i32, y: v128): v128 {
  const one = splat(<real>1);
  if (f == 0) return one;
  if (f == 1) return sub(one, mul(y, y));
  return v128.and(one, v128.gt<real>(y, splat(<real>0)));
}
