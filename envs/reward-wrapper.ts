import type { EnvMetadata, StepResult, StepTuple } from './env.ts';
import type { AnyEnv } from './part.ts';
import { type AnyAction, type AnyObservation, Wrapper, withoutFloors } from './wrapper.ts';

/** A wrapper that changes rewards only. The environment's own prediction target and floors are of the old ones: gone. */
export abstract class RewardWrapper extends Wrapper {
  override readonly metadata: EnvMetadata;

  /** The spec records `kwargs`, the options of the wrapper. */
  constructor(env: AnyEnv, kwargs: object | null) {
    super(env, kwargs);
    this.metadata = withoutFloors(env.metadata);
    this.lack('value');
  }

  /** The reward instead. `terminated`: of the step that it came with. */
  protected abstract reward(reward: number, terminated: boolean): number;

  override step(action: AnyAction): StepTuple<AnyObservation> {
    const [observation, reward, terminated, truncated, info] = this.env.step(action);
    return [observation, this.reward(reward, terminated), terminated, truncated, info];
  }

  override stepInto(action: AnyAction, out: StepResult): void {
    this.env.stepInto(action, out);
    out.reward = this.reward(out.reward, out.terminated);
  }
}
