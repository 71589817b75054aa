import type { Info } from '../env.ts';
import { EnvError } from '../errors.ts';
import type { AnyEnv } from '../part.ts';
import type { AnyAction } from '../wrapper.ts';
import { getWrapperAttr, setWrapperAttr } from '../wrapper-attr.ts';
import { type AutoresetMode, forEach, SubEnv } from './sub-env.ts';
import type { ResetPlan } from './reset-plan.ts';
import { VectorEnv } from './vector-env.ts';

/** A vector whose environments are stepped one after the other, in this thread. */
export class SyncVectorEnv extends VectorEnv {
  /** The environments, in their order. */
  readonly envs: readonly AnyEnv[];
  private readonly subs: readonly SubEnv[];
  private work: () => (Info | null)[] = () => [];

  /** One function for each environment. All spaces must be the same, or it throws an EnvError. */
  constructor(makers: readonly (() => AnyEnv)[], { autoresetMode = 'next-step' as AutoresetMode } = {}) {
    const envs = makeAll(makers);
    if (envs.length === 0) throw new EnvError('Cannot make a vector of no environments');
    super(envs[0]!, envs.length, autoresetMode, false);
    this.envs = envs;
    try {
      for (const env of envs) this.checkSpaces(env);
    } catch (error) {
      this.closeEach();
      throw error;
    }
    this.subs = envs.map((env, i) => new SubEnv(env, i, autoresetMode, this.memory));
  }

  private checkSpaces(env: AnyEnv): void {
    const { singleObservationSpace, singleActionSpace } = this;
    if (!singleObservationSpace.equals(env.observationSpace as never)) {
      throw new EnvError(
        `Cannot make a vector: observations differ, ${singleObservationSpace} and ${env.observationSpace}`,
      );
    }
    if (!singleActionSpace.equals(env.actionSpace as never)) {
      throw new EnvError(`Cannot make a vector: actions differ, ${singleActionSpace} and ${env.actionSpace}`);
    }
  }

  protected override startReset(plan: ResetPlan): void {
    this.work = () => forEach(this.subs, (sub, i) => (plan[i] === null ? null : sub.reset(plan[i])));
  }

  protected override startStep(actions: readonly AnyAction[]): void {
    this.work = () => forEach(this.subs, (sub, i) => sub.step(actions[i]!));
  }

  protected override wait(): readonly (Info | null)[] {
    return this.work();
  }

  protected override callEach(name: string, args: readonly unknown[]): unknown[] {
    return this.envs.map((env) => callAttr(env, name, args));
  }

  protected override setEach(name: string, values: readonly unknown[]): void {
    this.envs.forEach((env, i) => setWrapperAttr(env, name, values[i]));
  }

  protected override saveEach(): unknown[] {
    return this.subs.map((sub) => sub.save());
  }

  protected override loadEach(saved: readonly unknown[]): void {
    this.subs.forEach((sub, i) => sub.load(saved[i]));
  }

  protected override closeEach(): void {
    for (const env of this.envs) env.close();
  }
}

/** All or none: those before one that cannot be made are closed. */
function makeAll(makers: readonly (() => AnyEnv)[]): AnyEnv[] {
  const envs: AnyEnv[] = [];
  try {
    for (const make of makers) envs.push(make());
  } catch (error) {
    for (const env of envs) env.close();
    throw error;
  }
  return envs;
}

/** The attribute, or what it returns where it is a method. */
export function callAttr(env: AnyEnv, name: string, args: readonly unknown[]): unknown {
  const found = getWrapperAttr(env, name);
  return typeof found === 'function' ? (found as (...given: readonly unknown[]) => unknown)(...args) : found;
}
