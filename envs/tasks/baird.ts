/**
 * Baird's counterexample (Baird 1995, as in Sutton & Barto 2018, section 11.2): off-policy TD(0) diverges.
 *
 * Seven states, two moves: `dashed` goes to one of the upper six, each equally often, `solid` to the seventh. The
 * behaviour, which is part of the environment, takes solid with probability 1/7: the next state is uniform. The policy
 * asked about always takes solid. Every reward is 0, so every value() is 0. Discount 0.99. One action (wait). No end.
 * Observation [8]: upper state i is 2 at entry i and 1 at the last; the seventh is 1 at entry 7 and 2 at the last.
 * Info of a step: { ratio, move }: the importance ratio of the move that led here, 7 for solid (1), 0 for dashed (0).
 * ratio() has it too, for those who use stepInto.
 * The book starts from the weights (1, 1, 1, 1, 1, 1, 10, 1), step size 0.01; zero weights stay where they are.
 * Draws: reset: one integer (state 0 .. 6); step: one integer, the next state.
 */
import { z } from 'zod';
import type { EnvMetadata, StepResult, StepTuple } from '../env.ts';
import { illegalAction } from '../illegal-action.ts';
import { defineEnv } from '../part.ts';
import { box, discrete } from '../spaces.ts';
import { Task } from '../task.ts';

const seventh = 6;
const options = z.strictObject({
  discount: z.number().min(0).max(1).default(0.99).describe('gamma of the question'),
});

class Baird extends Task {
  override readonly metadata: EnvMetadata;
  readonly observationSpace = box(0, 2, [8]);
  readonly actionSpace = discrete(1);
  private state = 0;
  private weight = 1; // the latest ratio

  constructor(discount: number) {
    super();
    this.metadata = { id: 'baird', cite: 'baird1995residual', discount, floors: null };
  }

  protected override begin(observation: Float64Array): void {
    this.move(observation);
    this.weight = 1;
  }

  protected override advance(action: number, out: StepResult): void {
    if (action !== 0) throw illegalAction(this.metadata.id, action, this.actionSpace);
    this.move(out.observation);
    this.weight = this.state === seventh ? 7 : 0;
  }

  override step(action: number): StepTuple<Float64Array> {
    const [observation, reward, terminated, truncated] = super.step(action);
    const ratio = this.weight;
    return [observation, reward, terminated, truncated, { ratio, move: ratio > 0 ? 1 : 0 }];
  }

  override value(): number {
    return 0;
  }

  override ratio(): number {
    return this.weight;
  }

  private move(observation: Float64Array): void {
    this.state = this.rng.integer(0, 6);
    observation.fill(0);
    observation[this.state] = this.state === seventh ? 1 : 2;
    observation[7] = this.state === seventh ? 2 : 1;
  }

  protected override saveNumbers(): number[] {
    return [this.state, this.weight];
  }

  protected override loadNumbers([state, weight]: readonly number[]): void {
    this.state = state!;
    this.weight = weight!;
  }
}

export default defineEnv({
  cite: 'baird1995residual',
  summary: 'seven states, zero rewards, off-policy: linear TD(0) with importance ratios diverges',
  options,
  create: ({ discount }) => new Baird(discount),
});
