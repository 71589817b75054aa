/**
 * Acrobot (Sutton 1996), as Gymnasium's Acrobot-v1 computes it, with the equations of the book (not of the paper).
 *
 * State [theta1, theta2, theta1', theta2'], doubles; theta1 0 hangs down, theta2 is relative to the first link.
 * Observation [cos theta1, sin theta1, cos theta2, sin theta2, theta1', theta2'] in single precision; mask `positions`
 * leaves the first four (the partially observable variant), `velocities` the last two.
 * Actions: torque -1, 0, 1 on the joint between the links. One Runge-Kutta step of .2 s; angles are wrapped to
 * [-pi, pi], velocities kept within 4 pi and 9 pi. Reward -1 at every step, 0 at the end.
 * End: the tip is one link above the pivot, -cos theta1 - cos(theta1 + theta2) > 1.
 * First state: four uniforms in [-.1, .1), rounded to single precision as in the original.
 * Solved at a mean return of -100 within 500 steps (Acrobot-v1). The motion is chaotic: one step agrees with the original
 * to 1e-14, but once the arm swings high the last digit of a sine grows to 1e-9 within some 130 steps.
 */
import { z } from 'zod';
import { clip, controlOptions, ControlTask, uniformIn } from '../control/control-task.ts';
import type { ControlOptions, Layout } from '../control/control-task.ts';
import type { EnvMetadata } from '../env.ts';
import { Rk4 } from '../maths/rk4.ts';
import { defineEnv } from '../part.ts';
import { discrete } from '../spaces.ts';
import { Canvas } from '../text/canvas.ts';

const options = z.strictObject(controlOptions);

// Both links: length 1, mass 1, moment of inertia 1, centre of mass in the middle.
const gravity = 9.8;
const fastest = [4 * Math.PI, 9 * Math.PI] as const;
const high = [1, 1, 1, 1, ...fastest];
const layout: Layout = { state: 4, low: high.map((x) => -x), high, positions: [0, 1, 2, 3], velocities: [4, 5] };

class Acrobot extends ControlTask {
  override readonly metadata: EnvMetadata = {
    id: 'acrobot',
    cite: 'sutton1996generalization',
    discount: 0.99,
    floors: null,
  };
  readonly actionSpace = discrete(3);
  private torque = 0;
  private readonly solver = new Rk4(4, (y, slope) => this.slope(y, slope));

  constructor(options: ControlOptions) {
    super(layout, options);
  }

  protected override draw(state: Float64Array): void {
    for (let i = 0; i < 4; i++) state[i] = Math.fround(uniformIn(-0.1, 0.1, this.rng));
  }

  protected override integrate(action: number): boolean {
    const { state } = this;
    this.torque = action - 1;
    this.solver.step(state, 0.2);
    state[0] = wrap(state[0]!);
    state[1] = wrap(state[1]!);
    state[2] = clip(state[2]!, -fastest[0], fastest[0]);
    state[3] = clip(state[3]!, -fastest[1], fastest[1]);
    return -Math.cos(state[0]) - Math.cos(state[1] + state[0]) > 1;
  }

  private slope(y: Float64Array, slope: Float64Array): void {
    const angle1 = y[0]!;
    const angle2 = y[1]!;
    const spin1 = y[2]!;
    const spin2 = y[3]!;
    const cos2 = Math.cos(angle2);
    const sin2 = Math.sin(angle2);
    const d1 = 0.25 + (1.25 + cos2) + 1 + 1;
    const d2 = 0.25 + 0.5 * cos2 + 1;
    const phi2 = 0.5 * gravity * Math.cos(angle1 + angle2 - Math.PI / 2);
    const swing = -0.5 * (spin2 * spin2) * sin2 - spin2 * spin1 * sin2;
    const phi1 = swing + 1.5 * gravity * Math.cos(angle1 - Math.PI / 2) + phi2;
    const lift = this.torque + (d2 / d1) * phi1 - 0.5 * (spin1 * spin1) * sin2 - phi2;
    const turn2 = lift / (0.25 + 1 - (d2 * d2) / d1);
    slope[0] = spin1;
    slope[1] = spin2;
    slope[2] = -(d2 * turn2 + phi1) / d1;
    slope[3] = turn2;
  }

  protected override reward(_action: number, terminated: boolean): number {
    return terminated ? 0 : -1;
  }

  protected override observe(full: Float64Array): void {
    const { state } = this;
    for (let joint = 0; joint < 2; joint++) {
      full[2 * joint] = Math.cos(state[joint]!);
      full[2 * joint + 1] = Math.sin(state[joint]!);
      full[4 + joint] = state[2 + joint]!;
    }
  }

  /** The two links, and the height that the tip has to reach. */
  override render(): string {
    const [a, b] = this.state as unknown as [number, number];
    const [x, y] = [Math.sin(a), -Math.cos(a)];
    const picture = new Canvas(41, 21, [-2, 2], [-2, 2]).line(-2, 1, 2, 1, '-').line(0, 0, x, y, '*');
    return picture
      .line(x, y, x + Math.sin(a + b), y - Math.cos(a + b), 'o')
      .dot(0, 0, '+')
      .toString();
  }
}

function wrap(angle: number): number {
  let x = angle;
  while (x > Math.PI) x -= 2 * Math.PI;
  while (x < -Math.PI) x += 2 * Math.PI;
  return x;
}

export default defineEnv({
  cite: 'sutton1996generalization',
  summary: 'swing two links up by the joint between them; the velocities may be hidden',
  options,
  aliases: [{ id: 'Acrobot-v1', maxEpisodeSteps: 500, rewardThreshold: -100 }],
  create: (chosen) => new Acrobot(chosen),
});
