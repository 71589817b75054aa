/**
 * T-maze (Bakker, RL with LSTM, NIPS 2001): a sign at the start of a corridor tells which way to turn at its end.
 *
 * Corridor x = 1 .. size, junction at x = size with an arm up and one down. Actions: 0 left, 1 right, 2 up, 3 down; up
 * and down do something at the junction only. Observation [3]: at x = 1 (1,1,0) where the good arm is up, (0,1,1) where
 * it is down; in the corridor (1,0,1); at the junction, and in an arm, (0,1,0). Terminated in an arm.
 * Reward, by `rewards`:
 *   steps   -.1 for every step that does not end, +4 good arm, -1 other arm (ActionRNNs.jl). Default.
 *   bumps   -.1 for a step that moves nowhere, 0 for one that does, +4 good arm, -.1 other arm (Bakker; CCN code)
 * Draws: one integer at reset, 0 means up.
 * Best return (size - 1)(-.1) + 4 with `steps`, 4 with `bumps`; without memory of the sign, +1.5 on average in place of
 * +4 (1.95 with `bumps`). Discount .99. No prediction target, no floors.
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
  rewards: z.enum(['steps', 'bumps']).default('steps').describe('what costs .1: every step, or standing still'),
  maxEpisodeSteps: limitOption,
});
type Options = z.output<typeof options>;

const [right, up, down] = [1, 2, 3];

class TMaze extends LimitedTask {
  override readonly metadata: EnvMetadata;
  readonly observationSpace = box(0, 1, [3]);
  readonly actionSpace = discrete(4);
  private readonly options: Options;
  private goalUp = true;
  private x = 1;
  private y = 0;

  constructor(options: Options) {
    super(options.maxEpisodeSteps);
    this.options = options;
    this.metadata = {
      id: 't-maze',
      cite: 'bakker2001reinforcement',
      discount: 0.99,
      floors: null,
      delay: options.size,
    };
  }

  protected override start(observation: Float64Array): void {
    this.goalUp = this.rng.integer(0, 1) === 0;
    this.x = 1;
    this.y = 0;
    this.observe(observation);
  }

  protected override move(action: number, out: StepResult): void {
    const before = this.x;
    this.walk(action);
    out.terminated = this.y !== 0;
    out.reward = this.reward(this.x === before);
    this.observe(out.observation);
  }

  private walk(action: number): void {
    const { size } = this.options;
    if (action === up || action === down) this.y = this.x < size ? 0 : action === up ? 1 : -1;
    else this.x = action === right ? Math.min(this.x + 1, size) : Math.max(this.x - 1, 1);
  }

  private reward(stays: boolean): number {
    const perStep = this.options.rewards === 'steps';
    if (this.y === 0) return perStep || stays ? -0.1 : 0;
    if ((this.y === 1) === this.goalUp) return 4;
    return perStep ? -1 : -0.1;
  }

  private observe(observation: Float64Array): void {
    const atSign = this.x === 1;
    const atEnd = this.x === this.options.size;
    observation[0] = atSign ? Number(this.goalUp) : Number(!atEnd);
    observation[1] = Number(atSign || atEnd);
    observation[2] = atSign ? Number(!this.goalUp) : Number(!atEnd);
  }

  override success(): boolean {
    return this.y !== 0 && (this.y === 1) === this.goalUp;
  }

  override render(): string {
    return drawMaze(this.options.size, this.goalUp, this.x - 1, this.y, 'a');
  }

  protected override stateNumbers(): number[] {
    return [Number(this.goalUp), this.x, this.y];
  }

  protected override setStateNumbers([goalUp, x, y]: readonly number[]): void {
    this.goalUp = goalUp === 1;
    this.x = x!;
    this.y = y!;
  }
}

export default defineEnv({
  cite: 'bakker2001reinforcement',
  summary: 'a sign at the start of a corridor tells which way to turn at its end',
  options,
  create: (chosen) => new TMaze(chosen),
});
