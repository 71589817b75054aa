/**
 * Random walk on a line of n states (Sutton & Barto 2018, example 6.2 with n = 5, example 7.1 with n = 19).
 *
 * The walk starts in the middle and goes left or right with probability 1/2; leaving at the left end pays `left`, at
 * the right end `right`, every other step 0. Example 7.1 is the default (19 states, -1 and 1); example 6.2 is
 * { states: 5, left: 0 }. One action (wait). Terminated where the walk leaves; the observation is then all zeros.
 *
 * Observation: `features` of the state i = 1 .. n, the three sets that Sutton et al. 2009 compare on this chain:
 *   one-hot    [n]            entry i
 *   inverted   [n]            1/2 everywhere but at i, where it is 0: generalises between all states
 *   dependent  [ceil(n / 2)]  equal entries on a window that slides with i, of unit length: cannot show every value;
 *                             n = 5: (1,0,0) (1,1,0)/sqrt2 (1,1,1)/sqrt3 (0,1,1)/sqrt2 (0,0,1)
 * Draws: one integer per step, 0 is left.
 * value() is the true value of the state, 0 after the end: left + (right - left) i / (n + 1) at discount 1, else solved
 * from the Bellman equations. Floors are not given: RMS error over the states is what the book reports.
 */
import { z } from 'zod';
import { solve } from '../chains/solve.ts';
import { count } from '../conditioning/options.ts';
import type { EnvMetadata, StepResult } from '../env.ts';
import { illegalAction } from '../illegal-action.ts';
import { defineEnv } from '../part.ts';
import { box, discrete } from '../spaces.ts';
import type { Box } from '../spaces.ts';
import { Task } from '../task.ts';

const options = z.strictObject({
  states: count(19, 1, 999, 'number of states, ends excluded').refine(
    (n) => n % 2 === 1,
    'must be odd: it has a middle',
  ),
  left: z.number().default(-1).describe('reward for leaving at the left end'),
  right: z.number().default(1).describe('reward for leaving at the right end'),
  features: z.enum(['one-hot', 'inverted', 'dependent']).default('one-hot').describe('what is observed of a state'),
  discount: z.number().min(0).max(1).default(1).describe('gamma of the question, in value()'),
});
type Options = z.output<typeof options>;

class RandomWalk extends Task {
  override readonly metadata: EnvMetadata;
  readonly observationSpace: Box;
  readonly actionSpace = discrete(1);
  private readonly options: Options;
  private readonly features: Float64Array[]; // of the states 0 .. n + 1, the ends all zeros
  private readonly values: Float64Array; // likewise
  private state = 0;

  constructor(options: Options) {
    super();
    this.options = options;
    this.metadata = { id: 'random-walk', cite: 'sutton2018reinforcement', discount: options.discount, floors: null };
    this.features = Array.from({ length: options.states + 2 }, (_, i) => featuresOf(i, options));
    this.observationSpace = box(0, 1, [this.features[0]!.length]);
    this.values = valuesOf(options);
  }

  protected override begin(observation: Float64Array): void {
    this.state = (this.options.states + 1) / 2;
    observation.set(this.features[this.state]!);
  }

  protected override advance(action: number, out: StepResult): void {
    if (action !== 0) throw illegalAction(this.metadata.id, action, this.actionSpace);
    this.state += this.rng.integer(0, 1) === 0 ? -1 : 1;
    const { left, right, states } = this.options;
    out.terminated = this.state === 0 || this.state === states + 1;
    if (out.terminated) out.reward = this.state === 0 ? left : right;
    out.observation.set(this.features[this.state]!);
  }

  override value(): number {
    return this.values[this.state]!;
  }

  protected override saveNumbers(): number[] {
    return [this.state];
  }

  protected override loadNumbers([state]: readonly number[]): void {
    this.state = state!;
  }
}

function featuresOf(i: number, { states: n, features }: Options): Float64Array {
  const width = Math.ceil(n / 2);
  const out = new Float64Array(features === 'dependent' ? width : n);
  if (i === 0 || i === n + 1) return out;
  if (features === 'dependent') {
    const [from, to] = [Math.max(0, i - width), Math.min(i, width)];
    return out.fill(1 / Math.sqrt(to - from), from, to);
  }
  if (features === 'inverted') out.fill(0.5);
  out[i - 1] = features === 'inverted' ? 0 : 1;
  return out;
}

/** v_i = 1/2 (r_left + gamma v_(i-1)) + 1/2 (r_right + gamma v_(i+1)); both ends are worth 0. */
function valuesOf({ states: n, left, right, discount }: Options): Float64Array {
  const line = Array.from({ length: n }, (_, i) => i);
  const matrix = line.map((i) => line.map((j) => (i === j ? 1 : Math.abs(i - j) === 1 ? -discount / 2 : 0)));
  const pay = line.map((i) => ((i === 0 ? left : 0) + (i === n - 1 ? right : 0)) / 2);
  return Float64Array.of(0, ...solve(matrix, pay), 0);
}

export default defineEnv({
  cite: 'sutton2018reinforcement',
  summary: 'a walk to either end of a line, states in view: predict where it ends',
  options,
  create: (chosen) => new RandomWalk(chosen),
});
