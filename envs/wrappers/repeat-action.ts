/**
 * Gymnasium's RepeatAction: every action is taken `numRepeats` times, or until the episode ends; the rewards add up, the
 * rest is that of the last step. The environment's own prediction target, which is one of single steps, is gone.
 */
import type { EnvMetadata, StepResult, StepTuple } from '../env.ts';
import type { AnyEnv } from '../part.ts';
import { type AnyAction, type AnyObservation, Wrapper, withoutFloors } from '../wrapper.ts';
import { checkInteger, checkOptions } from '../wrapping/checks.ts';

export class RepeatAction extends Wrapper {
  static override readonly entryPoint = 'RepeatAction';
  override readonly metadata: EnvMetadata;
  private readonly numRepeats: number;

  constructor(env: AnyEnv, options: { readonly numRepeats: number }) {
    const { numRepeats } = checkOptions('RepeatAction', options, ['numRepeats']);
    super(env, { numRepeats });
    this.metadata = withoutFloors(env.metadata);
    this.numRepeats = checkInteger('repeat actions', 'numRepeats', numRepeats, 1);
    this.lack('value');
    this.lack('ratio');
  }

  override step(action: AnyAction): StepTuple<AnyObservation> {
    const result = this.env.step(action);
    for (let n = 1; n < this.numRepeats && !result[2] && !result[3]; n++) {
      const [observation, reward, terminated, truncated, info] = this.env.step(action);
      result.splice(0, 5, observation, result[1] + reward, terminated, truncated, info);
    }
    return result;
  }

  override stepInto(action: AnyAction, out: StepResult): void {
    let sum = 0;
    for (let n = 0; n < this.numRepeats; n++) {
      this.env.stepInto(action, out);
      sum += out.reward;
      if (out.terminated || out.truncated) break;
    }
    out.reward = sum;
  }
}
