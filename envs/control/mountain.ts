/** What the two mountain cars share: the range of the state, and the picture. */
import { z } from 'zod';
import { Canvas } from '../text/canvas.ts';
import type { Layout } from './control-task.ts';

export const goalVelocityOption = z.number().default(0).describe('least velocity at which the goal counts');

export const carLayout: Layout = {
  state: 2,
  low: [-1.2, -0.07],
  high: [0.6, 0.07],
  positions: [0],
  velocities: [1],
};

/** The valley, the flag and the car. */
export function drawCar(position: number, goal: number): string {
  const picture = new Canvas(61, 12, [-1.2, 0.6], [0, 1.1]);
  for (let x = -1.2; x < 0.6; x += 0.01) picture.dot(x, height(x), '.');
  return picture
    .dot(goal, height(goal) + 0.1, 'F')
    .dot(position, height(position) + 0.1, 'o')
    .toString();
}

function height(x: number): number {
  return 0.45 * Math.sin(3 * x) + 0.55;
}
