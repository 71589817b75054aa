/**
 * Mountain car (Moore 1990; the numbers of Sutton 1996), as Gymnasium's MountainCar-v0 computes it.
 *
 * State [position, velocity], doubles. Observation: the same in single precision; mask `positions` leaves the
 * position alone (the partially observable variant), `velocities` the velocity.
 * Actions: 0 back, 1 none, 2 forward. v += (a - 1) .001 - .0025 cos(3 p), kept within +-.07; p += v, kept within
 * [-1.2, .6]; at the left wall a negative v becomes 0. Reward -1 at every step, the last one too.
 * End: p >= .5 and v >= goalVelocity. First state: one uniform in [-.6, -.4), at rest.
 * Solved at a mean return of -110 within 200 steps (MountainCar-v0).
 */
import { z } from 'zod';
import { clip, controlOptions, ControlTask, uniformIn } from '../control/control-task.ts';
import { carLayout, drawCar, goalVelocityOption } from '../control/mountain.ts';
import type { EnvMetadata } from '../env.ts';
import { defineEnv } from '../part.ts';
import { discrete } from '../spaces.ts';

const options = z.strictObject({ ...controlOptions, goalVelocity: goalVelocityOption });
type Options = z.output<typeof options>;

class MountainCar extends ControlTask {
  override readonly metadata: EnvMetadata = {
    id: 'mountain-car',
    cite: 'sutton1996generalization',
    discount: 0.99,
    floors: null,
  };
  readonly actionSpace = discrete(3);
  private readonly goalVelocity: number;

  constructor(options: Options) {
    super(carLayout, options);
    this.goalVelocity = options.goalVelocity;
  }

  protected override draw(state: Float64Array): void {
    state[0] = uniformIn(-0.6, -0.4, this.rng);
    state[1] = 0;
  }

  protected override integrate(action: number): boolean {
    const { state } = this;
    const position = state[0]!;
    const pull = (action - 1) * 0.001 + Math.cos(3 * position) * -0.0025;
    const velocity = clip(state[1]! + pull, -0.07, 0.07);
    state[0] = clip(position + velocity, -1.2, 0.6);
    state[1] = state[0] === -1.2 && velocity < 0 ? 0 : velocity;
    return state[0] >= 0.5 && state[1] >= this.goalVelocity;
  }

  protected override reward(): number {
    return -1;
  }

  protected override observe(full: Float64Array): void {
    full.set(this.state);
  }

  override render(): string {
    return drawCar(this.state[0]!, 0.5);
  }
}

export default defineEnv({
  cite: 'sutton1996generalization',
  summary: 'swing a weak car out of a valley; its velocity may be hidden',
  options,
  aliases: [{ id: 'MountainCar-v0', maxEpisodeSteps: 200, rewardThreshold: -110 }],
  create: (chosen) => new MountainCar(chosen),
});
