/**
 * Cart-pole balancing (Barto, Sutton & Anderson 1983), as Gymnasium's CartPole-v1 computes it.
 *
 * State [x, x', theta, theta'], doubles; theta 0 is upright. Observation: the same in single precision; mask
 * `positions` leaves [x, theta], `velocities` leaves [x', theta'] (the partially observable variants).
 * Actions: 0 pushes left, 1 right, with 10 N. Explicit Euler, tau .02 s: positions move by the OLD velocities.
 * Reward 1 at every step, the last one too; with `suttonBartoReward` 0, and -1 where the episode ends.
 * End: |x| > 2.4 or |theta| > 12 degrees. First state: four uniforms in [-.05, .05), in the order of the state.
 * Solved at a mean return of 475 within 500 steps (CartPole-v1), 195 within 200 (CartPole-v0).
 */
import { z } from 'zod';
import { drawCart, farthest, moveCart, steepest } from '../control/cart-pole.ts';
import { controlOptions, ControlTask } from '../control/control-task.ts';
import type { Layout } from '../control/control-task.ts';
import type { EnvMetadata } from '../env.ts';
import { defineEnv } from '../part.ts';
import { discrete } from '../spaces.ts';
import { Canvas } from '../text/canvas.ts';

const options = z.strictObject({
  ...controlOptions,
  suttonBartoReward: z.boolean().default(false).describe('0 per step and -1 at the end, in place of 1 per step'),
});
type Options = z.output<typeof options>;

// Twice the limits, so that the terminal observation is still inside.
const high = [2 * farthest, Infinity, 2 * steepest, Infinity];
const layout: Layout = { state: 4, low: high.map((x) => -x), high, positions: [0, 2], velocities: [1, 3] };

class CartPole extends ControlTask {
  override readonly metadata: EnvMetadata = {
    id: 'cart-pole',
    cite: 'barto1983neuronlike',
    discount: 0.99,
    floors: null,
  };
  readonly actionSpace = discrete(2);
  private readonly suttonBartoReward: boolean;

  constructor(options: Options) {
    super(layout, options);
    this.suttonBartoReward = options.suttonBartoReward;
  }

  protected override draw(state: Float64Array): void {
    drawCart(state, this.rng);
  }

  protected override integrate(action: number): boolean {
    return moveCart(this.state, action);
  }

  protected override reward(_action: number, terminated: boolean): number {
    if (this.suttonBartoReward) return terminated ? -1 : 0;
    return 1;
  }

  protected override observe(full: Float64Array): void {
    full.set(this.state);
  }

  /** The cart on its track and the pole, from the side. */
  override render(): string {
    const [x, , angle] = this.state as unknown as [number, number, number];
    const tip = 1.5 * Math.sin(angle);
    const picture = new Canvas(61, 8, [-3, 3], [0, 1.75]).line(-farthest, 0, farthest, 0, '-');
    return picture
      .line(x, 0.25, x + tip, 1.5 * Math.cos(angle), '|')
      .line(x - 0.2, 0, x + 0.2, 0, '#')
      .toString();
  }
}

export default defineEnv({
  cite: 'barto1983neuronlike',
  summary: 'balance a pole on a cart, or predict how long it stands; positions or velocities may be hidden',
  options,
  aliases: [
    { id: 'CartPole-v0', maxEpisodeSteps: 200, rewardThreshold: 195 },
    { id: 'CartPole-v1', maxEpisodeSteps: 500, rewardThreshold: 475 },
  ],
  create: (chosen) => new CartPole(chosen),
});
