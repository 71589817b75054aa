/**
 * POPGym's pendulums (POPGym 1.0.7; Morad et al. 2023): Gymnasium's pendulum without its velocity.
 *
 * Dynamics, first state and cost: control/pendulum.ts, g = 10. Action: Box [-2, 2], the torque, clipped.
 * Observation [2], single precision: cos theta, sin theta; mode `noisy` adds N(0, noise), clipped to [-1, 1].
 * Reward (h - cost) / (h T) with h = 16.2736044 / 2, half the greatest cost. Truncated after T steps.
 * Published sizes: T = 200, 150, 100 (hard is shorter); noisy: noise .1, .2, .3 at T = 200. Best return just below 1.
 * Draws: at reset two uniforms; noisy: then, after reset and every step, a normal per entry. Discount .99.
 */
import { z } from 'zod';
import { isOneNumber } from '../control/control-task.ts';
import { drawPendulum, strongest, swingPendulum } from '../control/pendulum.ts';
import type { EnvMetadata, StepResult } from '../env.ts';
import { LimitedTask } from '../episodes/limited-task.ts';
import { defineEnv } from '../part.ts';
import { addNoise, controlOptions, controlSize } from '../popgym/control.ts';
import { popgymIds } from '../popgym/options.ts';
import { box } from '../spaces.ts';

const options = z.strictObject({
  mode: z.enum(['positions', 'noisy']).default('positions').describe('whether what is seen is noisy'),
  ...controlOptions,
});
type Options = z.output<typeof options>;

const published = { easy: 200, medium: 150, hard: 100 };
const gravity = 10;
const half = 16.2736044 / 2;

class PopgymPendulum extends LimitedTask<Float64Array> {
  override readonly metadata: EnvMetadata = {
    id: 'popgym-pendulum',
    cite: 'morad2023popgym',
    discount: 0.99,
    floors: null,
  };
  readonly observationSpace = box(-1, 1, [2]);
  readonly actionSpace = box(-strongest, strongest, [1]);
  private readonly state = new Float64Array(2);
  private readonly horizon: number;
  private readonly noise: number;

  constructor(options: Options) {
    const { horizon, noise } = controlSize(options, published);
    super(horizon);
    this.horizon = horizon;
    this.noise = noise;
  }

  protected override accepts(action: Float64Array): boolean {
    return isOneNumber(action);
  }

  protected override start(observation: Float64Array): void {
    drawPendulum(this.state, this.rng);
    this.observe(observation);
  }

  protected override move(action: Float64Array, out: StepResult): void {
    const cost = swingPendulum(this.state, action[0]!, gravity);
    out.reward = (half - cost) / half / this.horizon;
    this.observe(out.observation);
  }

  private observe(observation: Float64Array): void {
    const angle = this.state[0]!;
    observation[0] = Math.fround(Math.cos(angle));
    observation[1] = Math.fround(Math.sin(angle));
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
  summary: 'a pendulum that hides its velocity, with noise if asked for (POPGym)',
  options,
  aliases: [...popgymIds('PositionOnlyPendulum'), ...popgymIds('NoisyPositionOnlyPendulum', { mode: 'noisy' })],
  create: (chosen) => new PopgymPendulum(chosen),
});
