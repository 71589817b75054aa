/**
 * Directional T-maze (Schlegel et al., ActionRNNs, TMLR 2023; ActionRNNs.jl): the T-maze with a heading, so that the sign
 * has to be looked for.
 *
 * Corridor x = 1 .. size, heading north, east, south or west. Actions: 0 turn left, 1 forward, 2 turn right. Forward
 * leads along the corridor, and at x = size into the arm that one faces; against a wall it does nothing.
 * Observation [3]: goal (1,1,0), wall (0,1,0) or empty (0,0,1). At x = 1: goal where one faces the side of the good arm,
 * empty to the east, else wall. In the corridor: wall to the north and south, else empty. At x = size, arms included:
 * wall to the east, else empty.
 * Reward: -.1 for a step that does not end, +4 good arm, -1 other arm. Terminated in an arm.
 * Draws at reset: the good arm (0 north, 1 south), the heading (0 north, 1 east, 2 south, 3 west).
 * Best return, for size N: 4 - .1 (N + 1) from a heading to the north or south, .1 less from east or west; its mean at
 * N = 10 is 2.85. Discount .99. No prediction target, no floors.
 */
import { z } from 'zod';
import { count } from '../conditioning/options.ts';
import type { EnvMetadata, StepResult } from '../env.ts';
import { LimitedTask, limitOption } from '../episodes/limited-task.ts';
import { drawMaze } from '../mazes/draw-maze.ts';
import { defineEnv } from '../part.ts';
import { box, discrete } from '../spaces.ts';

const options = z.strictObject({
  size: count(10, 2, 100_000, 'squares of the corridor, junction included'),
  maxEpisodeSteps: limitOption,
});

const [north, east, south, west] = [0, 1, 2, 3];

class DirectionalTMaze extends LimitedTask {
  override readonly metadata: EnvMetadata;
  readonly observationSpace = box(0, 1, [3]);
  readonly actionSpace = discrete(3);
  private readonly size: number;
  private goal = 0; // north or south
  private heading = 0;
  private x = 1;
  private y = 0;

  constructor({ size, maxEpisodeSteps }: z.output<typeof options>) {
    super(maxEpisodeSteps);
    this.size = size;
    this.metadata = {
      id: 'directional-t-maze',
      cite: 'schlegel2023investigating',
      discount: 0.99,
      floors: null,
      delay: size,
    };
  }

  protected override start(observation: Float64Array): void {
    this.goal = this.rng.integer(0, 1) === 0 ? north! : south!;
    this.heading = this.rng.integer(0, 3);
    this.x = 1;
    this.y = 0;
    this.observe(observation);
  }

  protected override move(action: number, out: StepResult): void {
    if (action === 1) this.forward();
    else this.heading = (this.heading + (action === 0 ? 3 : 1)) % 4;
    out.terminated = this.y !== 0;
    out.reward = !out.terminated ? -0.1 : this.heading === this.goal ? 4 : -1;
    this.observe(out.observation);
  }

  private forward(): void {
    if (this.heading === east) this.x = Math.min(this.x + 1, this.size);
    else if (this.heading === west) this.x = Math.max(this.x - 1, 1);
    else if (this.x === this.size) this.y = this.heading === north ? 1 : -1;
  }

  private observe(observation: Float64Array): void {
    const isGoal = this.x === 1 && this.heading === this.goal;
    const isWall = isGoal || this.facesWall();
    observation[0] = Number(isGoal);
    observation[1] = Number(isWall);
    observation[2] = Number(!isWall);
  }

  private facesWall(): boolean {
    if (this.x === this.size) return this.heading === east;
    return this.heading === north || this.heading === south || (this.x === 1 && this.heading === west);
  }

  override success(): boolean {
    return this.y !== 0 && this.heading === this.goal;
  }

  override render(): string {
    return drawMaze(this.size, this.goal === north, this.x - 1, this.y, '^>v<'[this.heading]!);
  }

  protected override stateNumbers(): number[] {
    return [this.goal, this.heading, this.x, this.y];
  }

  protected override setStateNumbers(numbers: readonly number[]): void {
    [this.goal, this.heading, this.x, this.y] = numbers as [number, number, number, number];
  }
}

export default defineEnv({
  cite: 'schlegel2023investigating',
  summary: 'a T-maze with a heading: look for the sign, remember it, turn at the end',
  options,
  create: (chosen) => new DirectionalTMaze(chosen),
});
