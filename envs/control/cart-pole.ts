/**
 * The cart and its pole (Barto, Sutton & Anderson 1983), as Gymnasium computes them: [x, x', theta, theta'], doubles, theta
 * 0 upright. Explicit Euler, tau .02 s: positions move by the OLD velocities.
 */
import type { Rng } from '../rng.ts';
import { uniformIn } from './control-task.ts';

const gravity = 9.8;
const poleMass = 0.1;
const totalMass = poleMass + 1;
const halfLength = 0.5;
const poleMoment = poleMass * halfLength;
const push = 10;
const tau = 0.02;
/** Limits of x and theta: beyond them the pole counts as fallen. */
export const farthest = 2.4;
export const steepest = (12 * 2 * Math.PI) / 360;

/** A first state: four uniforms in [-.05, .05). */
export function drawCart(state: Float64Array, rng: Rng): void {
  for (let i = 0; i < 4; i++) state[i] = uniformIn(-0.05, 0.05, rng);
}

/** Pushes left (0) or right (1) with 10 N for one step; returns whether the pole has fallen or the cart is out. */
export function moveCart(state: Float64Array, action: number): boolean {
  const angle = state[2]!;
  const spin = state[3]!;
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const force = action === 1 ? push : -push;
  const common = (force + poleMoment * (spin * spin) * sin) / totalMass;
  const turn = (gravity * sin - cos * common) / (halfLength * (4 / 3 - (poleMass * (cos * cos)) / totalMass));
  state[0]! += tau * state[1]!;
  state[1]! += tau * (common - (poleMoment * turn * cos) / totalMass);
  state[2] = angle + tau * spin;
  state[3] = spin + tau * turn;
  return Math.abs(state[0]!) > farthest || Math.abs(state[2]) > steepest;
}
