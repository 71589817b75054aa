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
  const table = tabulate(world);
  const values = new Float64Array(world.states);
  for (let round = 0; round < mostRounds; round++) if (backup(table, values) < 1e-15) break;
  return values;
}

/** What every backup asks the world, asked once: there are thousands of them. */
interface Table {
  readonly policy: Float64Array; // [actions] those that are ever taken
  readonly next: Int32Array; // [states x actions]
  readonly paid: Float64Array; // [states] for arriving
  readonly kept: Float64Array; // [states] discount on arriving; 0 where the return ends
}

function tabulate(world: World): Table {
  const { states, discount } = world;
  return {
    ...tabulateMoves(world),
    paid: Float64Array.from({ length: states }, (_, s) => world.cumulant(s)),
    kept: Float64Array.from({ length: states }, (_, s) => (world.ends?.(s) === true ? 0 : discount)),
  };
}

type Walk = Pick<World, 'states' | 'policy' | 'next'>;

function tabulateMoves(world: Walk): Pick<Table, 'policy' | 'next'> {
  const { states, policy } = world;
  const taken = policy.flatMap((p, action) => (p === 0 ? [] : [action]));
  const next = new Int32Array(states * taken.length);
  for (let s = 0; s < states; s++) taken.forEach((a, i) => (next[s * taken.length + i] = world.next(s, a)));
  return { policy: Float64Array.from(taken, (action) => policy[action]!), next };
}

/** One sweep in place; returns the largest change, relative to the largest value. */
function backup({ policy, next, paid, kept }: Table, values: Float64Array): number {
  let change = 0;
  let largest = Number.MIN_VALUE;
  for (let s = 0, at = 0; s < values.length; s++) {
    let value = 0;
    for (let a = 0; a < policy.length; a++) {
      const to = next[at++]!;
      value += policy[a]! * (paid[to]! + kept[to]! * values[to]!);
    }
    change = Math.max(change, Math.abs(value - values[s]!));
    largest = Math.max(largest, Math.abs(value));
    values[s] = value;
  }
  return change / largest;
}

/** Long-run share of the time in each state; the world must mix, as ours do that bump into walls. */
export function stationary(world: Walk): Float64Array {
  const { policy, next } = tabulateMoves(world);
  let share = new Float64Array(world.states).fill(1 / world.states);
  let after = new Float64Array(world.states);
  for (let round = 0, change = 1; round < mostRounds && change > 1e-14; round++) {
    after.fill(0);
    for (let s = 0, at = 0; s < share.length; s++) {
      for (let a = 0; a < policy.length; a++) after[next[at++]!]! += policy[a]! * share[s]!;
    }
    change = 0;
    for (let s = 0; s < share.length; s++) change = Math.max(change, Math.abs(after[s]! - share[s]!));
    [share, after] = [after, share];
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
