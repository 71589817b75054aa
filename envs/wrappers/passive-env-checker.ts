/**
 * Gymnasium's PassiveEnvChecker: the first call of each method is checked, the others cost nothing. What it finds is
 * thrown, as one line; both spaces are checked when it is made, and that step() returns fresh arrays on its second call.
 */
import type { Info, ResetOptions, StepResult, StepTuple } from '../env.ts';
import type { EnvSpec } from '../env-spec.ts';
import { EnvError } from '../errors.ts';
import { describe } from '../guard.ts';
import type { AnyEnv } from '../part.ts';
import { observationProblem, tupleProblem } from '../check/shape-rules.ts';
import { spaceProblem } from '../check/space-problem.ts';
import { type AnyAction, type AnyObservation, Wrapper } from '../wrapper.ts';
import { checkOptions } from '../wrapping/checks.ts';

export class PassiveEnvChecker extends Wrapper {
  static override readonly entryPoint = 'PassiveEnvChecker';
  private resets = 0;
  private steps = 0;
  private last: unknown = null;

  constructor(env: AnyEnv, options: object = {}) {
    super(env, checkOptions('PassiveEnvChecker', options, []));
    this.demand(spaceProblem('observationSpace', env.observationSpace));
    this.demand(spaceProblem('actionSpace', env.actionSpace));
  }

  override reset(options?: ResetOptions): [AnyObservation, Info] {
    const result: unknown = this.env.reset(options);
    if (this.resets++ === 0) this.checkReset(result);
    return result as [AnyObservation, Info];
  }

  override step(action: AnyAction): StepTuple<AnyObservation> {
    const result = this.env.step(action);
    if (this.steps++ === 0) this.demand(tupleProblem(result) ?? observationProblem(this.env, result[0]), 'step()');
    if (this.steps <= 2) this.checkFresh(result[0]);
    return result;
  }

  override resetInto(out: StepResult, options?: ResetOptions): void {
    this.env.resetInto(out, options);
    if (this.resets++ === 0) this.checkInto(out, 'resetInto()');
  }

  override stepInto(action: AnyAction, out: StepResult): void {
    this.env.stepInto(action, out);
    if (this.steps++ === 0) this.checkInto(out, 'stepInto()');
  }

  override render?(): string {
    const picture: unknown = this.env.render!();
    this.demand(typeof picture === 'string' ? null : `render() returned ${describe(picture)}, not text`);
    return picture as string;
  }

  private checkReset(result: unknown): void {
    const isPair = Array.isArray(result) && result.length === 2;
    this.demand(isPair ? null : `reset() returned ${describe(result)}, not [observation, info]`);
    const [observation, info] = result as unknown[];
    const isInfo = typeof info === 'object' && info !== null && !Array.isArray(info);
    this.demand(isInfo ? null : `info is ${describe(info)}, not an object`, 'reset()');
    this.demand(observationProblem(this.env, observation), 'reset()');
    this.checkFresh(observation);
  }

  private checkInto({ observation, reward, terminated, truncated }: StepResult, where: string): void {
    const i = observation.findIndex((x) => !Number.isFinite(x));
    this.demand(i < 0 ? null : `observation[${i}] is ${observation[i]}`, where);
    this.demand(tupleProblem([observation, reward, terminated, truncated, {}]), where);
  }

  private checkFresh(observation: unknown): void {
    const isShared = typeof observation === 'object' && observation === this.last;
    this.demand(isShared ? 'step() reused the array that the call before it had returned' : null);
    this.last = this.steps < 2 ? observation : null;
  }

  private demand(problem: string | null, where?: string): void {
    if (problem === null) return;
    throw new EnvError(
      `Environment ${this.metadata.id} breaks its contract: ${problem}${where ? `, at ${where}` : ''}`,
    );
  }

  protected override specAround(spec: EnvSpec): EnvSpec {
    return spec.with({ disableEnvChecker: false });
  }
}
