/** The functions of math.ts and sine.ts over memory, for tests and measurements. */
import { exponential, oneLessExponential, sigmoid, tanh } from './math';
import { cos, sin } from './sine';

/** f of `count` vectors at `from`, written to `to`: 0 sigmoid, 1 tanh, 2 exp, 3 1 - exp, 4 sin, 5 cos. */
export function apply(f: i32, from: usize, to: usize, count: i32): void {
  for (const end = from + (<usize>count << 4); from < end; from += 16, to += 16) {
    const a = v128.load(from);
    v128.store(to, f < 3 ? (f == 0 ? sigmoid(a) : f == 1 ? tanh(a) : exponential(a)) : others(f, a));
  }
}

// @ts-ignore: decorator
@inline
function others(f: i32, a: v128): v128 {
  return f == 3 ? oneLessExponential(a) : f == 4 ? sin(a) : cos(a);
}
