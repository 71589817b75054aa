import type { EnvMetadata, Info, ResetOptions, StepResult, StepTuple } from './env.ts';
import type { AnyEnv } from './part.ts';
import type { Space, Element } from './spaces.ts';
import { type AnyAction, type AnyObservation, Wrapper, withoutFloors } from './wrapper.ts';

/**
 * A wrapper that changes actions only. Floors, values and importance ratios are those of the actions as they were given:
 * gone.
 */
export abstract class ActionWrapper extends Wrapper {
  override readonly actionSpace: AnyEnv['actionSpace'];
  override readonly metadata: EnvMetadata;

  /** `space`: the actions it takes; by default those of the environment. The spec records `kwargs`. */
  constructor(env: AnyEnv, kwargs: object | null, space: Space<Element> = env.actionSpace) {
    super(env, kwargs);
    this.actionSpace = space;
    this.metadata = withoutFloors(env.metadata);
    this.lack('value');
    this.lack('ratio');
  }

  /** What the environment is given. It may lie in memory of the wrapper's own, written over by the next step. */
  protected abstract action(action: AnyAction): AnyAction;

  /** Called before the environment is reset. */
  protected opening(options?: ResetOptions): void {
    void options;
  }

  override reset(options?: ResetOptions): [AnyObservation, Info] {
    this.opening(options);
    return this.env.reset(options);
  }

  override step(action: AnyAction): StepTuple<AnyObservation> {
    return this.env.step(this.action(action));
  }

  override resetInto(out: StepResult, options?: ResetOptions): void {
    this.opening(options);
    this.env.resetInto(out, options);
  }

  override stepInto(action: AnyAction, out: StepResult): void {
    this.env.stepInto(this.action(action), out);
  }
}
