/**
 * A pendulum on a weak motor, as Gymnasium computes it: [theta, theta'], doubles, theta 0 upright and never wrapped; mass
 * and length 1, dt .05. The torque is single precision, and so are its products (NumPy 2, NEP 50).
 */
import type { Rng } from '../rng.ts';
import { clip, uniformIn } from './control-task.ts';

const { fround } = Math;
const dt = 0.05;
/** Bounds of the torque and of theta'. */
export const strongest = 2;
export const fastest = 8;

/** A first state: theta uniform in [-pi, pi), then theta' in [-1, 1). */
export function drawPendulum(state: Float64Array, rng: Rng): void {
  state[0] = uniformIn(-Math.PI, Math.PI, rng);
  state[1] = uniformIn(-1, 1, rng);
}

/** One step under a torque, clipped to its bounds; returns the cost of the state BEFORE the step. */
export function swingPendulum(state: Float64Array, action: number, gravity: number): number {
  const angle = state[0]!;
  const spin = state[1]!;
  const torque = clip(fround(action), -strongest, strongest);
  const bent = wrap(angle);
  const turn = ((3 * gravity) / 2) * Math.sin(angle) + fround(3 * torque);
  state[1] = clip(spin + turn * dt, -fastest, fastest);
  state[0] = angle + state[1] * dt;
  return bent * bent + 0.1 * (spin * spin) + fround(fround(0.001) * fround(torque * torque));
}

/** The angle in [-pi, pi). */
function wrap(angle: number): number {
  const turn = 2 * Math.PI;
  const rest = (angle + Math.PI) % turn;
  return (rest < 0 ? rest + turn : rest) - Math.PI;
}
