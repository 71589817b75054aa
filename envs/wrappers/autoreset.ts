/**
 * Gymnasium's Autoreset: the step after the end of an episode resets instead. It ignores its action and returns the
 * first observation of the next episode, reward 0, and neither flag.
 */
import type { Info, ResetOptions, StepResult, StepTuple } from '../env.ts';
import type { AnyEnv } from '../part.ts';
import { type AnyAction, type AnyObservation, Wrapper } from '../wrapper.ts';
import { checkOptions, checkValue, isBoolean } from '../wrapping/checks.ts';

export class Autoreset extends Wrapper {
  static override readonly entryPoint = 'Autoreset';
  private hasEnded = false;

  constructor(env: AnyEnv, options: object = {}) {
    super(env, checkOptions('Autoreset', options, []));
  }

  override reset(options?: ResetOptions): [AnyObservation, Info] {
    this.hasEnded = false;
    return this.env.reset(options);
  }

  override step(action: AnyAction): StepTuple<AnyObservation> {
    if (this.hasEnded) {
      const [observation, info] = this.reset();
      return [observation, 0, false, false, info];
    }
    const result = this.env.step(action);
    this.hasEnded = result[2] || result[3];
    return result;
  }

  override resetInto(out: StepResult, options?: ResetOptions): void {
    this.hasEnded = false;
    this.env.resetInto(out, options);
  }

  override stepInto(action: AnyAction, out: StepResult): void {
    if (this.hasEnded) return this.resetInto(out);
    this.env.stepInto(action, out);
    this.hasEnded = out.terminated || out.truncated;
  }

  protected override saveState(): unknown {
    return this.hasEnded;
  }

  protected override loadState(state: unknown): void {
    this.hasEnded = checkValue(state, isBoolean);
  }
}
