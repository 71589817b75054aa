/** A deterministic world in which one policy acts without looking at the state. */
export interface World {
  readonly states: number;
  /** [actions] probability of each action. */
  readonly policy: readonly number[];
  next(state: number, action: number): number;
  /** Paid for arriving at a state. */
  cumulant(state: number): number;
  readonly discount: number;
  /** Whether the return ends on arriving at a state though life goes on; left out, it never does. */
  ends?(state: number): boolean;
}

const mostRounds = 100_000;

/**
 * v(s) = E[c(s') + gamma (1 - ends(s')) v(s')] of every state, by repeating that backup until nothing moves by more
 * than rounding. Needs discount < 1, or returns that end.
 */
export function policyValues(world: World): Float64Array {
  const values = new Float64Array(world.states);
  for (let round = 0; round < mostRounds; round++) if (backup(world, values) < 1e-15) break;
  return values;
}

/** One sweep in place; returns the largest change, relative to the largest value. */
function backup(world: World, values: Float64Array): number {
  const { states, policy, discount } = world;
  let change = 0;
  let largest = Number.MIN_VALUE;
  for (let s = 0; s < states; s++) {
    let value = 0;
    for (let a = 0; a < policy.length; a++) {
      const to = world.next(s, a);
      const tail = world.ends?.(to) === true ? 0 : discount * values[to]!;
      value += policy[a]! * (world.cumulant(to) + tail);
    }
    change = Math.max(change, Math.abs(value - values[s]!));
    largest = Math.max(largest, Math.abs(value));
    values[s] = value;
  }
  return change / largest;
}

/** Long-run share of the time in each state; the world must mix, as ours do that bump into walls. */
export function stationary({ states, policy, next }: Pick<World, 'states' | 'policy' | 'next'>): Float64Array {
  let share: Float64Array = new Float64Array(states).fill(1 / states);
  for (let round = 0, change = 1; round < mostRounds && change > 1e-14; round++) {
    const after = new Float64Array(states);
    for (let s = 0; s < states; s++) {
      for (let a = 0; a < policy.length; a++) after[next(s, a)]! += policy[a]! * share[s]!;
    }
    change = after.reduce((most, x, s) => Math.max(most, Math.abs(x - share[s]!)), 0);
    share = after;
  }
  return share;
}

/** Mean squared errors of the predictors 0 and best constant; `share` is the time in each state, alike if left out. */
export function valueFloors(values: Float64Array, share: Float64Array = values.map(() => 1 / values.length)) {
  const expectation = (of: (value: number) => number): number =>
    values.reduce((sum, v, s) => sum + share[s]! * of(v), 0);
  const mean = expectation((v) => v);
  const zero = expectation((v) => v * v);
  const constant = expectation((v) => (v - mean) ** 2);
  return { zero, constant, timing: null, ideal: 0, target: 'value' as const };
}
