/** Gymnasium's OrderEnforcing: a step, or a picture, before the first reset is a ResetNeeded. */
import type { Info, ResetOptions, StepResult, StepTuple } from '../env.ts';
import type { EnvSpec } from '../env-spec.ts';
import { ResetNeeded } from '../gymnasium-errors.ts';
import type { AnyEnv } from '../part.ts';
import { type AnyAction, type AnyObservation, Wrapper } from '../wrapper.ts';
import { checkOptions, checkValue, isBoolean } from '../wrapping/checks.ts';

export class OrderEnforcing extends Wrapper {
  static override readonly entryPoint = 'OrderEnforcing';
  private readonly mayRenderFirst: boolean;
  private isReset = false;

  constructor(env: AnyEnv, options: { readonly disableRenderOrderEnforcing?: boolean } = {}) {
    const { disableRenderOrderEnforcing = false } = checkOptions('OrderEnforcing', options, [
      'disableRenderOrderEnforcing',
    ]);
    super(env, { disableRenderOrderEnforcing });
    this.mayRenderFirst = disableRenderOrderEnforcing;
  }

  /** Whether `reset` was called. */
  get hasReset(): boolean {
    return this.isReset;
  }

  override reset(options?: ResetOptions): [AnyObservation, Info] {
    this.isReset = true;
    return this.env.reset(options);
  }

  override step(action: AnyAction): StepTuple<AnyObservation> {
    if (!this.isReset) throw this.tooEarly('step');
    return this.env.step(action);
  }

  override resetInto(out: StepResult, options?: ResetOptions): void {
    this.isReset = true;
    this.env.resetInto(out, options);
  }

  override stepInto(action: AnyAction, out: StepResult): void {
    if (!this.isReset) throw this.tooEarly('step');
    this.env.stepInto(action, out);
  }

  override render?(): string {
    if (!this.isReset && !this.mayRenderFirst) throw this.tooEarly('render');
    return this.env.render!();
  }

  private tooEarly(act: string): ResetNeeded {
    return new ResetNeeded(`Cannot ${act} ${this.metadata.id}: call reset() first`);
  }

  protected override saveState(): unknown {
    return this.isReset;
  }

  protected override loadState(state: unknown): void {
    this.isReset = checkValue(state, isBoolean);
  }

  protected override specAround(spec: EnvSpec): EnvSpec {
    return spec.with({ orderEnforce: true });
  }
}
