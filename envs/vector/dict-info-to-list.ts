/**
 * Gymnasium's DictInfoToList: around a vector, infos are a list with the info of each environment, {} of one that was not
 * called, in place of one record of arrays and masks. It changes infos alone: the rest is the vector's.
 */
import type { EnvMetadata, Info } from '../env.ts';
import type { EnvSpec } from '../env-spec.ts';
import type { Element, Space } from '../spaces.ts';
import type { AutoresetMode } from './sub-env.ts';
import type { VectorResetOptions } from './reset-plan.ts';
import type { VectorEnv } from './vector-env.ts';

/** What a step returns, with an info for each environment. */
export type ListedStepTuple = [
  observations: Element,
  rewards: Float64Array,
  terminations: boolean[],
  truncations: boolean[],
  infos: readonly Info[],
];

export class DictInfoToList {
  /** The vector inside. */
  readonly env: VectorEnv;
  /** {@inheritDoc VectorEnv.numEnvs} */
  readonly numEnvs: number;
  /** {@inheritDoc VectorEnv.autoresetMode} */
  readonly autoresetMode: AutoresetMode;
  /** {@inheritDoc VectorEnv.metadata} */
  readonly metadata: EnvMetadata;
  /** {@inheritDoc VectorEnv.spec} */
  readonly spec: EnvSpec | null;
  /** {@inheritDoc VectorEnv.singleObservationSpace} */
  readonly singleObservationSpace: VectorEnv['singleObservationSpace'];
  /** {@inheritDoc VectorEnv.singleActionSpace} */
  readonly singleActionSpace: VectorEnv['singleActionSpace'];
  /** {@inheritDoc VectorEnv.observationSpace} */
  readonly observationSpace: Space<Element>;
  /** {@inheritDoc VectorEnv.actionSpace} */
  readonly actionSpace: Space<Element>;

  /** Around `env`, whose calls it makes; `env` itself can be used no less. */
  constructor(env: VectorEnv) {
    this.env = env;
    this.numEnvs = env.numEnvs;
    this.autoresetMode = env.autoresetMode;
    this.metadata = env.metadata;
    this.spec = env.spec;
    this.singleObservationSpace = env.singleObservationSpace;
    this.singleActionSpace = env.singleActionSpace;
    this.observationSpace = env.observationSpace;
    this.actionSpace = env.actionSpace;
  }

  /** {@inheritDoc VectorEnv.closed} */
  get closed(): boolean {
    return this.env.closed;
  }

  /** As the vector does; infos as a list, [n]. */
  reset(options?: VectorResetOptions): [observations: Element, infos: readonly Info[]] {
    this.env.resetAsync(options);
    return this.resetWait();
  }

  /** As the vector does; infos as a list, [n]. */
  step(actions: Element): ListedStepTuple {
    this.env.stepAsync(actions);
    return this.stepWait();
  }

  /** {@inheritDoc VectorEnv.resetAsync} */
  resetAsync(options?: VectorResetOptions): void {
    this.env.resetAsync(options);
  }

  /** As the vector does; infos as a list, [n]. */
  resetWait(): [observations: Element, infos: readonly Info[]] {
    const [observations] = this.env.resetWait();
    return [observations, this.env.infoList];
  }

  /** {@inheritDoc VectorEnv.stepAsync} */
  stepAsync(actions: Element): void {
    this.env.stepAsync(actions);
  }

  /** As the vector does; infos as a list, [n]. */
  stepWait(): ListedStepTuple {
    const [observations, rewards, terminations, truncations] = this.env.stepWait();
    return [observations, rewards, terminations, truncations, this.env.infoList];
  }

  /** {@inheritDoc VectorEnv.call} */
  call(name: string, ...args: readonly unknown[]): unknown[] {
    return this.env.call(name, ...args);
  }

  /** {@inheritDoc VectorEnv.getAttr} */
  getAttr(name: string): unknown[] {
    return this.env.getAttr(name);
  }

  /** {@inheritDoc VectorEnv.setAttr} */
  setAttr(name: string, values: unknown): void {
    this.env.setAttr(name, values);
  }

  /** {@inheritDoc VectorEnv.save} */
  save(): unknown {
    return this.env.save();
  }

  /** {@inheritDoc VectorEnv.load} */
  load(saved: unknown): void {
    this.env.load(saved);
  }

  /** {@inheritDoc VectorEnv.render} */
  render(): unknown[] {
    return this.env.render();
  }

  /** {@inheritDoc VectorEnv.close} */
  close(): void {
    this.env.close();
  }

  /** At the end of the block of a `using vector = ...`. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** With the vector inside. */
  toString(): string {
    return `<DictInfoToList ${String(this.env)}>`;
  }
}
