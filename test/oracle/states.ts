/** Every state of a problem's sequence, one after the other: what two nets have in common where they are the same. */
import { type Problem, roll } from './problem.ts';

export function states(problem: Problem): Float64Array {
  const seen: number[] = [];
  roll(problem, (_t, { state }) => seen.push(...state));
  return Float64Array.from(seen);
}
