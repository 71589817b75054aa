/**
 * Pendulum swing-up, as Gymnasium's Pendulum-v1 computes it (it has no paper of its own).
 *
 * State [theta, theta'], doubles; theta 0 is upright and is never wrapped. Observation [cos theta, sin theta, theta'] in
 * single precision; mask `positions` leaves the first two (the partially observable variant), `velocities` the last.
 * Action: Box [-2, 2], the torque; what lies outside is clipped. Mass, length 1; dt .05.
 * theta' += (1.5 g sin theta + 3 u) dt, kept within +-8; then theta += theta' dt, with the NEW velocity.
 * Reward -(n(theta)^2 + .1 theta'^2 + .001 u^2), of the state BEFORE the step, n(theta) in [-pi, pi). No end.
 * First state: theta uniform in [-pi, pi), then theta' in [-1, 1). Gymnasium's limit is 200 steps.
 * Quirk kept: the torque is single precision, and so are its products, 3 u and .001 u^2 (NumPy 2, NEP 50). The original
 * squares with C's powf, which rounds the wrong way in one of a thousand cases, and differs between C libraries; here the
 * square is rounded correctly. The reward is then off by one single-precision step of .001 u^2, at most 3e-10.
 */
import { z } from 'zod';
import { controlOptions, ControlTask, isOneNumber } from '../control/control-task.ts';
import type { Layout } from '../control/control-task.ts';
import { drawPendulum, fastest, strongest, swingPendulum } from '../control/pendulum.ts';
import type { EnvMetadata } from '../env.ts';
import { defineEnv } from '../part.ts';
import { box } from '../spaces.ts';
import { Canvas } from '../text/canvas.ts';

const options = z.strictObject({
  ...controlOptions,
  gravity: z.number().min(0).max(1000).default(10).describe('acceleration of gravity g'),
});
type Options = z.output<typeof options>;

const high = [1, 1, fastest];
const layout: Layout = { state: 2, low: high.map((x) => -x), high, positions: [0, 1], velocities: [2] };

class Pendulum extends ControlTask<Float64Array> {
  override readonly metadata: EnvMetadata = {
    id: 'pendulum',
    cite: 'towers2024gymnasium',
    discount: 0.99,
    floors: null,
  };
  readonly actionSpace = box(-strongest, strongest, [1]);
  private readonly gravity: number;
  private cost = 0;

  constructor(options: Options) {
    super(layout, options);
    this.gravity = options.gravity;
  }

  protected override accepts(action: Float64Array): boolean {
    return isOneNumber(action);
  }

  protected override draw(state: Float64Array): void {
    drawPendulum(state, this.rng);
  }

  protected override integrate(action: Float64Array): boolean {
    this.cost = swingPendulum(this.state, action[0]!, this.gravity);
    return false;
  }

  protected override reward(): number {
    return -this.cost;
  }

  protected override observe(full: Float64Array): void {
    const angle = this.state[0]!;
    full[0] = Math.cos(angle);
    full[1] = Math.sin(angle);
    full[2] = this.state[1]!;
  }

  override render(): string {
    const angle = this.state[0]!;
    const picture = new Canvas(33, 17, [-1, 1], [-1, 1]);
    return picture.line(0, 0, -Math.sin(angle), Math.cos(angle), '*').dot(0, 0, '+').toString();
  }
}

export default defineEnv({
  cite: 'towers2024gymnasium',
  summary: 'swing a pendulum up with a weak torque; its velocity may be hidden',
  options,
  aliases: [{ id: 'Pendulum-v1', maxEpisodeSteps: 200 }],
  create: (chosen) => new Pendulum(chosen),
});
