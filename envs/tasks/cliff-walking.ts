/**
 * Cliff walking (Sutton & Barto 2018, example 6.6), as Gymnasium's CliffWalking-v1.
 *
 * A 4 x 12 grid, start in the lower left corner (36), goal in the lower right one (47), a cliff between them.
 * Observation: one-hot of row * 12 + column, 48 states; the ten of the cliff (37..46) are never seen, for whoever steps
 * over the edge is back at the start at once, with reward -100. Every other step -1. Undiscounted in the book.
 * Actions: 0 up, 1 right, 2 down, 3 left; the edge of the grid holds. A slippery walk goes each of (a - 1, a, a + 1)
 * with probability 1/3. End: at the goal. Draws: one uniform at reset, one per step, slippery or not.
 * The best return from the start is -13. Gymnasium sets no limit of steps.
 */
import { z } from 'zod';
import type { EnvMetadata } from '../env.ts';
import { limitOption } from '../episodes/limited-task.ts';
import { defineEnv } from '../part.ts';
import { drawGrid, neighbour } from '../tabular/grid.ts';
import type { Direction } from '../tabular/grid.ts';
import { TabularTask } from '../tabular/tabular-task.ts';
import type { Model, Outcome } from '../tabular/tabular-task.ts';

const options = z.strictObject({
  slippery: z.boolean().default(false).describe('whether a step may go to either side of where it was meant to'),
  maxEpisodeSteps: limitOption,
});
type Options = z.output<typeof options>;

const size = { rows: 4, columns: 12 };
const start = 36;
const goal = 47;
const directions: readonly Direction[] = [
  [-1, 0],
  [0, 1],
  [1, 0],
  [0, -1],
];

class CliffWalking extends TabularTask {
  override readonly metadata: EnvMetadata = {
    id: 'cliff-walking',
    cite: 'sutton2018reinforcement',
    discount: 1,
    floors: null,
  };

  constructor({ slippery, maxEpisodeSteps }: Options) {
    super(cliff(slippery), maxEpisodeSteps);
  }

  override render(): string {
    return drawGrid([...new Array<string>(3).fill('............'), 'SCCCCCCCCCCG'], this.state);
  }
}

function cliff(slippery: boolean): Model {
  return {
    states: size.rows * size.columns,
    actions: 4,
    start: Array.from({ length: size.rows * size.columns }, (_, s) => (s === start ? 1 : 0)),
    outcomes(state, action) {
      if (!slippery) return [reach(state, action, 1)];
      return [action - 1, action, action + 1].map((taken) => reach(state, taken, 1 / 3));
    },
  };
}

function reach(state: number, action: number, probability: number): Outcome {
  const next = neighbour(size, state, directions[(action + 4) % 4]!);
  const falls = next > start && next < goal;
  return { probability, next: falls ? start : next, reward: falls ? -100 : -1, terminated: next === goal };
}

export default defineEnv({
  cite: 'sutton2018reinforcement',
  summary: 'walk along a cliff to the goal: the short way is the dangerous one',
  options,
  aliases: [{ id: 'CliffWalking-v1' }, { id: 'CliffWalkingSlippery-v1', options: { slippery: true } }],
  create: (chosen) => new CliffWalking(chosen),
});
