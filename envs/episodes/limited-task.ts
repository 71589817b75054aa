import { z } from 'zod';
import type { Action, StepResult } from '../env.ts';
import { illegalAction } from '../illegal-action.ts';
import { Task } from '../task.ts';

/** The time limit, as an option of a task. */
export const limitOption = z
  .int()
  .min(1)
  .max(1_000_000_000)
  .nullable()
  .default(null)
  .describe('steps after which an episode is truncated; null = never');

/**
 * A task with episodes that a time limit may cut short. As with Gymnasium's TimeLimit, the last allowed step is
 * truncated even where it is terminal too.
 */
export abstract class LimitedTask<Act extends Action = number> extends Task<Act> {
  private readonly limit: number;
  private steps = 0;

  constructor(maxEpisodeSteps: number | null) {
    super();
    this.limit = maxEpisodeSteps ?? Infinity;
  }

  /** Starts an episode; writes every entry of its first observation. */
  protected abstract start(observation: Float64Array): void;
  /** One step, as `advance` of a Task; the action is one that `accepts` let through. */
  protected abstract move(action: Act, out: StepResult): void;
  /** The task's own changing numbers, always equally many. */
  protected abstract stateNumbers(): number[];
  protected abstract setStateNumbers(numbers: readonly number[]): void;

  /** Whether a step can be made with this action. */
  protected accepts(action: Act): boolean {
    return this.actionSpace.contains(action);
  }

  protected override begin(observation: Float64Array): void {
    this.steps = 0;
    this.start(observation);
  }

  protected override advance(action: Act, out: StepResult): void {
    if (!this.accepts(action)) throw illegalAction(this.metadata.id, action, this.actionSpace);
    this.move(action, out);
    this.steps++;
    out.truncated = this.steps >= this.limit;
  }

  protected override saveNumbers(): number[] {
    return [this.steps, ...this.stateNumbers()];
  }

  protected override loadNumbers([steps, ...numbers]: readonly number[]): void {
    this.steps = steps!;
    this.setStateNumbers(numbers);
  }
}
