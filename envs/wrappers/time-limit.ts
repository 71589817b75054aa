/**
 * Gymnasium's TimeLimit: `truncated` from the maxEpisodeSteps-th step of an episode on. A step that terminates there is
 * both terminated and truncated.
 */
import type { Info, ResetOptions, StepResult, StepTuple } from '../env.ts';
import type { EnvSpec } from '../env-spec.ts';
import { EnvError } from '../errors.ts';
import { describe } from '../guard.ts';
import type { AnyEnv } from '../part.ts';
import { type AnyAction, type AnyObservation, Wrapper } from '../wrapper.ts';
import { checkOptions, checkValue, isCount } from '../wrapping/checks.ts';

export class TimeLimit extends Wrapper {
  static override readonly entryPoint = 'TimeLimit';
  /** Steps after which an episode is truncated. */
  readonly maxEpisodeSteps: number;
  private elapsed = 0;

  constructor(env: AnyEnv, options: { maxEpisodeSteps: number }) {
    const { maxEpisodeSteps } = checkOptions('TimeLimit', options, ['maxEpisodeSteps']);
    super(env, { maxEpisodeSteps });
    if (!Number.isSafeInteger(maxEpisodeSteps) || maxEpisodeSteps < 1) {
      throw new EnvError(
        `Cannot limit ${env.metadata.id}: maxEpisodeSteps must be a positive integer, got ${describe(maxEpisodeSteps)}`,
      );
    }
    this.maxEpisodeSteps = maxEpisodeSteps;
  }

  override reset(options?: ResetOptions): [AnyObservation, Info] {
    this.elapsed = 0;
    return this.env.reset(options);
  }

  override step(action: AnyAction): StepTuple<AnyObservation> {
    const [observation, reward, terminated, truncated, info] = this.env.step(action);
    return [observation, reward, terminated, this.isOver() || truncated, info];
  }

  override resetInto(out: StepResult, options?: ResetOptions): void {
    this.elapsed = 0;
    this.env.resetInto(out, options);
  }

  override stepInto(action: AnyAction, out: StepResult): void {
    this.env.stepInto(action, out);
    if (this.isOver()) out.truncated = true;
  }

  private isOver(): boolean {
    return ++this.elapsed >= this.maxEpisodeSteps;
  }

  protected override saveState(): unknown {
    return this.elapsed;
  }

  protected override loadState(state: unknown): void {
    this.elapsed = checkValue(state, isCount);
  }

  /** The limit inside all other wrappers is a field of the spec; further out it counts other steps, and is in its list. */
  protected override specAround(spec: EnvSpec, options: { maxEpisodeSteps: number }): EnvSpec {
    const isInnermost = spec.additionalWrappers.length === 0 && spec.maxEpisodeSteps === null;
    return isInnermost ? spec.with(options) : super.specAround(spec, options);
  }
}
