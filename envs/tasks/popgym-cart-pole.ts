/**
 * POPGym's cart-poles (POPGym 1.0.7; Morad et al. 2023): Gymnasium's cart-pole with half of its state.
 *
 * Dynamics, actions, end and first state: control/cart-pole.ts. Observation [2], single precision, by `mode`:
 *   positions   [x, theta]
 *   velocities  [x', theta']. Quirk of the original, kept: reset() shows [x, theta] here too; `resetVelocities` mends it.
 *   noisy       [x, theta] + N(0, noise), clipped to +-4.8 and +-24 degrees
 * Reward 1 / T per step, the last one too. (The original turns a reward of 0 into -1; Gymnasium's cart-pole has paid 1
 * for the failing step since 1.0, so that never happens; figures published with older versions may differ by it.)
 * Truncated after T steps. Published sizes: T = 200, 400, 600; noisy: noise .1, .2, .3 at T = 200. Best return 1.
 * Draws: at reset four uniforms; noisy: then, after reset and every step, a normal per entry. Discount .99.
 */
import { z } from 'zod';
import { drawCart, farthest, moveCart, steepest } from '../control/cart-pole.ts';
import type { EnvMetadata, StepResult } from '../env.ts';
import { LimitedTask } from '../episodes/limited-task.ts';
import { defineEnv } from '../part.ts';
import { addNoise, controlOptions, controlSize } from '../popgym/control.ts';
import { popgymIds } from '../popgym/options.ts';
import { box, discrete } from '../spaces.ts';
import type { Box } from '../spaces.ts';

const options = z.strictObject({
  mode: z.enum(['positions', 'velocities', 'noisy']).default('positions').describe('what is seen of the state'),
  ...controlOptions,
  resetVelocities: z.boolean().default(false).describe('mode velocities: show velocities at reset too'),
});
type Options = z.output<typeof options>;

const published = { easy: 200, medium: 400, hard: 600 };
const { fround } = Math;

class PopgymCartPole extends LimitedTask {
  override readonly metadata: EnvMetadata = {
    id: 'popgym-cart-pole',
    cite: 'morad2023popgym',
    discount: 0.99,
    floors: null,
  };
  readonly observationSpace: Box;
  readonly actionSpace = discrete(2);
  private readonly state = new Float64Array(4);
  private readonly horizon: number;
  private readonly noise: number;
  private readonly seen: number; // the first of the two entries that are seen, two apart
  private readonly seenAtReset: number;

  constructor(options: Options) {
    const { horizon, noise } = controlSize(options, published);
    super(horizon);
    this.horizon = horizon;
    this.noise = noise;
    const { mode, resetVelocities } = options;
    this.seen = mode === 'velocities' ? 1 : 0;
    this.seenAtReset = resetVelocities ? this.seen : 0;
    const high = mode === 'velocities' ? [Infinity, Infinity] : [fround(2 * farthest), fround(2 * steepest)];
    this.observationSpace = box(high.map((x) => -x), high); // prettier-ignore
  }

  protected override start(observation: Float64Array): void {
    drawCart(this.state, this.rng);
    this.observe(observation, this.seenAtReset);
  }

  protected override move(action: number, out: StepResult): void {
    out.terminated = moveCart(this.state, action);
    out.reward = 1 / this.horizon;
    this.observe(out.observation, this.seen);
  }

  private observe(observation: Float64Array, from: number): void {
    observation[0] = fround(this.state[from]!);
    observation[1] = fround(this.state[from + 2]!);
    if (this.noise > 0) addNoise(observation, this.observationSpace, this.noise, this.rng);
  }

  protected override stateNumbers(): number[] {
    return [...this.state];
  }

  protected override setStateNumbers(numbers: readonly number[]): void {
    this.state.set(numbers);
  }
}

export default defineEnv({
  cite: 'morad2023popgym',
  summary: 'a cart-pole that shows positions or velocities alone, or with noise (POPGym)',
  options,
  aliases: [
    ...popgymIds('PositionOnlyCartPole'),
    ...popgymIds('VelocityOnlyCartpole', { mode: 'velocities' }), // spelt like that
    ...popgymIds('NoisyPositionOnlyCartPole', { mode: 'noisy' }),
  ],
  create: (chosen) => new PopgymCartPole(chosen),
});
