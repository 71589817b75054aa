/**
 * Mountain car with a continuous action (Gymnasium's MountainCarContinuous-v0; the car of Moore 1990).
 *
 * Observation [position, velocity] in single precision; masks as in mountain-car. Action: Box [-1, 1], one number; what
 * lies outside is clipped. v += .0015 a - .0025 cos(3 p), kept within +-.07; p += v, kept within [-1.2, .6]; at the left
 * wall a negative v becomes 0. Reward -.1 a^2 (a as given, before clipping), and +100 at the end.
 * End: p >= .45 and v >= goalVelocity. First state: one uniform in [-.6, -.4), at rest.
 * Solved at a mean return of 90 within 999 steps.
 *
 * Quirk kept: after the first step the original's state is single precision, and NumPy 2 (NEP 50) then computes in
 * single precision wherever a number of the state or the action takes part, so every step here is rounded as it is
 * there; NumPy 1 gives other trajectories. The first step alone starts from a double position. The third saved number
 * says so: 1 before the first step, else 0. A clipped action is a Python float, which changes the rounding again.
 */
import { z } from 'zod';
import { controlOptions, ControlTask, isOneNumber, uniformIn } from '../control/control-task.ts';
import { carLayout, drawCar, goalVelocityOption } from '../control/mountain.ts';
import type { EnvMetadata } from '../env.ts';
import { defineEnv } from '../part.ts';
import { box } from '../spaces.ts';

const options = z.strictObject({ ...controlOptions, goalVelocity: goalVelocityOption });
type Options = z.output<typeof options>;

const { fround } = Math;
const power = 0.0015;
const leftWall = fround(-1.2);
const rightWall = fround(0.6);
const fastest = fround(0.07);
const goal = fround(0.45);

class MountainCarContinuous extends ControlTask<Float64Array> {
  override readonly metadata: EnvMetadata = {
    id: 'mountain-car-continuous',
    cite: 'moore1990efficient',
    discount: 0.99,
    floors: null,
  };
  readonly actionSpace = box(-1, 1, [1]);
  private readonly goalVelocity: number;

  constructor(options: Options) {
    super({ ...carLayout, state: 3 }, options);
    this.goalVelocity = options.goalVelocity;
  }

  protected override accepts(action: Float64Array): boolean {
    return isOneNumber(action);
  }

  protected override draw(state: Float64Array): void {
    state[0] = uniformIn(-0.6, -0.4, this.rng);
    state[1] = 0;
    state[2] = 1;
  }

  protected override integrate(action: Float64Array): boolean {
    const { state } = this;
    const position = state[0]!;
    const angle = state[2] === 1 ? 3 * position : fround(3 * position);
    let velocity = fround(state[1]! + change(fround(action[0]!), 0.0025 * Math.cos(angle)));
    if (velocity > fastest) velocity = fastest;
    if (velocity < -fastest) velocity = -fastest;
    const next = fround(position + velocity);
    state[0] = next > rightWall ? rightWall : next < leftWall ? leftWall : next;
    state[1] = state[0] === leftWall && velocity < 0 ? 0 : velocity;
    state[2] = 0;
    return state[0] >= goal && state[1] >= this.goalVelocity;
  }

  protected override reward(action: Float64Array, terminated: boolean): number {
    const given = fround(action[0]!);
    return (terminated ? 100 : 0) - given * given * 0.1;
  }

  protected override observe(full: Float64Array): void {
    full[0] = this.state[0]!;
    full[1] = this.state[1]!;
  }

  override render(): string {
    return drawCar(this.state[0]!, 0.45);
  }
}

/** What force and slope add to the velocity, in single precision. */
function change(action: number, slope: number): number {
  if (action > 1 || action < -1) return fround(Math.sign(action) * power - slope);
  return fround(fround(action * fround(power)) - fround(slope));
}

export default defineEnv({
  cite: 'moore1990efficient',
  summary: 'swing a weak car out of a valley with a continuous force; its velocity may be hidden',
  options,
  aliases: [{ id: 'MountainCarContinuous-v0', maxEpisodeSteps: 999, rewardThreshold: 90 }],
  create: (chosen) => new MountainCarContinuous(chosen),
});
