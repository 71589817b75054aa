import type { Action, StepResult } from '../env.ts';
import { illegalAction } from '../illegal-action.ts';
import { discrete } from '../spaces.ts';
import { Task } from '../task.ts';

/**
 * A supervised stream in the form of a prediction question. The one convention of all of them: with discount 0, the
 * prediction v_t made from observation x_t is asked for the target y_t; y_t comes as the reward of the next step, and
 * value() tells it at once, for scoring and for supervised learners. So TD with discount 0 is LMS on (x_t, y_t), one example
 * late where a learner predicts x_{t+1} before it has heard of y_t.
 * A task that asks nothing at some moment has NaN for value() there, and reward 0.
 */
export abstract class Supervised<Act extends Action = number> extends Task<Act> {
  protected target = 0;

  /** Starts a new stream or episode, before its first `next`. */
  protected abstract restart(): void;
  /** Writes every entry of the next observation; returns the target of the prediction made from it. */
  protected abstract next(observation: Float64Array): number;

  protected override begin(observation: Float64Array): void {
    this.restart();
    this.target = this.next(observation);
  }

  protected override advance(action: Act, out: StepResult): void {
    this.checkWait(action);
    out.reward = this.target;
    this.target = this.next(out.observation);
  }

  override value(): number {
    return this.target;
  }

  /** The one action of a stream that only waits; a stream that listens to its action looks at it first. */
  protected checkWait(action: Act): void {
    if (action !== 0 && this.actionSpace.kind === 'discrete' && !this.actionSpace.contains(action)) {
      throw illegalAction(this.metadata.id, action, this.actionSpace);
    }
  }
}

/** One action, without effect. */
export const wait = discrete(1);
