/**
 * Gymnasium's DictInfoToList: around a vector, infos are a list with the info of each environment, {} of one that was not
 * called, in place of one record of arrays and masks. It changes infos alone: the rest is the vector's.
 */
import type { EnvMetadata, Info } from '../env.ts';
import type { EnvSpec } from '../env-spec.ts';
import type { Element, Space } from '../spaces.ts';
import type { AutoresetMode } from './sub-env.ts';
import type { VectorEnv, VectorResetOptions } from './vector-env.ts';

/** What a step returns, with an info for each environment. */
export type ListedStepTuple = [
  observations: Element,
  rewards: Float64Array,
  terminations: boolean[],
  truncations: boolean[],
  infos: readonly Info[],
];

export class DictInfoToList {
  readonly env: VectorEnv;
  readonly numEnvs: number;
  readonly autoresetMode: AutoresetMode;
  readonly metadata: EnvMetadata;
  readonly spec: EnvSpec | null;
  readonly singleObservationSpace: VectorEnv['singleObservationSpace'];
  readonly singleActionSpace: VectorEnv['singleActionSpace'];
  readonly observationSpace: Space<Element>;
  readonly actionSpace: Space<Element>;

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

  get closed(): boolean {
    return this.env.closed;
  }

  reset(options?: VectorResetOptions): [observations: Element, infos: readonly Info[]] {
    this.env.resetAsync(options);
    return this.resetWait();
  }

  step(actions: Element): ListedStepTuple {
    this.env.stepAsync(actions);
    return this.stepWait();
  }

  resetAsync(options?: VectorResetOptions): void {
    this.env.resetAsync(options);
  }

  resetWait(): [observations: Element, infos: readonly Info[]] {
    const [observations] = this.env.resetWait();
    return [observations, this.env.infoList];
  }

  stepAsync(actions: Element): void {
    this.env.stepAsync(actions);
  }

  stepWait(): ListedStepTuple {
    const [observations, rewards, terminations, truncations] = this.env.stepWait();
    return [observations, rewards, terminations, truncations, this.env.infoList];
  }

  call(name: string, ...args: readonly unknown[]): unknown[] {
    return this.env.call(name, ...args);
  }

  getAttr(name: string): unknown[] {
    return this.env.getAttr(name);
  }

  setAttr(name: string, values: unknown): void {
    this.env.setAttr(name, values);
  }

  save(): unknown {
    return this.env.save();
  }

  load(saved: unknown): void {
    this.env.load(saved);
  }

  render(): unknown[] {
    return this.env.render();
  }

  close(): void {
    this.env.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  toString(): string {
    return `<DictInfoToList ${String(this.env)}>`;
  }
}
