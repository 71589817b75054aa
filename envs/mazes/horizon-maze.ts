/**
 * The T-mazes of Ni et al. 2023 (code: Memory-RL, envs/tmaze.py), which differ in where the cue stands only.
 *
 * Squares x = 0 .. lead + length, junction at the last; the cue stands at x = 0, the start is x = lead. Actions: 0 right,
 * 1 up, 2 left, 3 down; a move into a wall does nothing, also out of an arm to the side.
 * Observation [2]: at x = 0 (0, cue) with cue 1 (up) or -1 (down) on the first visit, 0 later; in the corridor (0, 0); at
 * the junction (1, 0), in an arm (1, 1) or (1, -1).
 * An episode has length + 2 lead + 1 steps, just enough. Reward: 1 in the last step where the agent is in the good arm;
 * before it `penalty` for lagging behind (x < t - lead after t steps), plus `distraction` at x = 0.
 * Draws: one integer at reset, 0 means down. The end is `terminated`: the horizon belongs to the task.
 */
import { z } from 'zod';
import { count } from '../conditioning/options.ts';
import type { EnvMetadata, StepResult } from '../env.ts';
import { LimitedTask } from '../episodes/limited-task.ts';
import { box, discrete } from '../spaces.ts';
import { drawMaze } from './draw-maze.ts';

export const horizonMazeOptions = z.strictObject({
  length: count(10, 1, 100_000, 'squares from the start to the junction'),
  penalty: z
    .number()
    .max(0)
    .nullable()
    .default(null)
    .describe('reward for lagging behind; null = -1 / length, the published one'),
  distraction: z.number().default(0).describe('reward for standing where the cue is'),
});

const acrossOf = [1, 0, -1, 0]; // by action
const upOf = [0, 1, 0, -1];

export class HorizonMaze extends LimitedTask {
  override readonly metadata: EnvMetadata;
  readonly observationSpace = box(-1, 1, [2]);
  readonly actionSpace = discrete(4);
  private readonly lead: number;
  private readonly junction: number;
  private readonly horizon: number;
  private readonly penalty: number;
  private readonly distraction: number;
  private goal = 1; // y of the good arm
  private x = 0;
  private y = 0;
  private time = 0;
  private cueSeen = false;

  constructor(id: string, lead: number, { length, penalty, distraction }: z.output<typeof horizonMazeOptions>) {
    super(null);
    this.lead = lead;
    this.junction = lead + length;
    this.horizon = length + 2 * lead + 1;
    this.penalty = penalty ?? -1 / length;
    this.distraction = distraction;
    this.metadata = { id, cite: 'ni2023when', discount: 0.99, floors: null, delay: this.junction };
  }

  protected override start(observation: Float64Array): void {
    this.goal = this.rng.integer(0, 1) === 0 ? -1 : 1;
    this.x = this.lead;
    this.y = 0;
    this.time = 0;
    this.cueSeen = false;
    this.observe(observation);
  }

  protected override move(action: number, out: StepResult): void {
    this.time++;
    this.walk(acrossOf[action]!, upOf[action]!);
    out.terminated = this.time >= this.horizon;
    out.reward = out.terminated ? Number(this.y === this.goal) : this.cost();
    this.observe(out.observation);
  }

  private walk(across: number, up: number): void {
    const x = this.x + across;
    const y = this.y + up;
    const isSquare = y === 0 ? x >= 0 && x <= this.junction : x === this.junction && Math.abs(y) === 1;
    if (!isSquare) return;
    this.x = x;
    this.y = y;
  }

  private cost(): number {
    const lags = this.x < this.time - this.lead;
    return (lags ? this.penalty : 0) + (this.x === 0 ? this.distraction : 0);
  }

  private observe(observation: Float64Array): void {
    observation[0] = this.x === this.junction ? 1 : 0;
    observation[1] = this.y;
    if (this.x !== 0 || this.cueSeen) return;
    observation[1] = this.goal;
    this.cueSeen = true;
  }

  override success(): boolean {
    return this.y === this.goal;
  }

  override render(): string {
    return drawMaze(this.junction + 1, this.goal === 1, this.x, this.y, 'a');
  }

  protected override stateNumbers(): number[] {
    return [this.goal, this.x, this.y, this.time, Number(this.cueSeen)];
  }

  protected override setStateNumbers(numbers: readonly number[]): void {
    const [goal, x, y, time, cueSeen] = numbers as [number, number, number, number, number];
    [this.goal, this.x, this.y, this.time] = [goal, x, y, time];
    this.cueSeen = cueSeen === 1;
  }
}
