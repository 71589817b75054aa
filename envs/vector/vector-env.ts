/** Gymnasium's vector environments: n environments of a kind, stepped together. */
import type { EnvMetadata, Info } from '../env.ts';
import type { EnvSpec } from '../env-spec.ts';
import { EnvError } from '../errors.ts';
import {
  AlreadyPendingCallError,
  ClosedEnvironmentError,
  InvalidAction,
  NoAsyncCallError,
} from '../gymnasium-errors.ts';
import { describe } from '../guard.ts';
import { checkResetOptions } from '../reset-options.ts';
import { suggest } from '../nearest.ts';
import type { AnyEnv } from '../part.ts';
import { isArrayLike } from '../spaces/nested.ts';
import { batchSpace, concatenate, createEmptyArray, type Element, iterate, type Space } from '../spaces.ts';
import type { AnyAction } from '../wrapper.ts';
import { row, type VectorMemory, vectorMemory } from './memory.ts';
import { planReset, type ResetPlan, type VectorResetOptions } from './reset-plan.ts';
import { type AutoresetMode, autoresetModes } from './sub-env.ts';
import { addInfo, type VectorInfos } from './vector-infos.ts';

/** What a step of n environments returns; rewards [n], observations an element of the vector's own space. */
export type VectorStepTuple = [
  observations: Element,
  rewards: Float64Array,
  terminations: boolean[],
  truncations: boolean[],
  infos: VectorInfos,
];

type Call = 'reset' | 'step';

/** What `save` returns. */
interface Saved {
  readonly autoresetMode: AutoresetMode;
  readonly envs: readonly unknown[];
}

/**
 * n environments of a kind as one: observations, actions and rewards of all, [n] first. An environment whose episode has
 * ended is reset as its `autoresetMode` has it.
 */
export abstract class VectorEnv {
  /** n, how many environments there are. */
  readonly numEnvs: number;
  /** When an environment whose episode has ended is reset. */
  readonly autoresetMode: AutoresetMode;
  /** Of one environment. */
  readonly metadata: EnvMetadata;
  /** How `makeVec` made one of them; null where it was made by hand. */
  spec: EnvSpec | null;
  /** Of one environment. */
  readonly singleObservationSpace: AnyEnv['observationSpace'];
  /** Of one environment. */
  readonly singleActionSpace: AnyEnv['actionSpace'];
  /** Of all: a Box has n rows; of other spaces see `batchSpace`. */
  readonly observationSpace: Space<Element>;
  /** Of all, as `observationSpace`. */
  readonly actionSpace: Space<Element>;
  /** What all environments see and get, one after the other: [n x size], [n]. */
  protected readonly memory: VectorMemory;
  private pending: Call | null = null;
  private latest: readonly Info[] = [];
  private isClosed = false;

  /** `one` is an environment of the kind. */
  constructor(one: AnyEnv, numEnvs: number, mode: AutoresetMode, isShared: boolean) {
    if (!autoresetModes.includes(mode)) {
      throw new EnvError(
        `Cannot make a vector: autoreset mode "${String(mode)}", ${suggest(String(mode), autoresetModes)}`,
      );
    }
    this.numEnvs = numEnvs;
    this.autoresetMode = mode;
    this.metadata = one.metadata;
    this.spec = one.spec;
    this.singleObservationSpace = one.observationSpace;
    this.singleActionSpace = one.actionSpace;
    for (const space of [one.observationSpace, one.actionSpace]) {
      if (!space.isFlattenable) throw new EnvError(`Cannot make a vector of ${String(one)}: ${space} has no flat form`);
    }
    this.observationSpace = batchSpace(one.observationSpace, numEnvs);
    this.actionSpace = batchSpace(one.actionSpace, numEnvs);
    this.memory = vectorMemory(numEnvs, one.observationSpace.size, one.actionSpace.size, isShared);
  }

  /** Whether `close` was called: all other calls then throw a ClosedEnvironmentError. */
  get closed(): boolean {
    return this.isClosed;
  }

  /** The infos of the latest reset or step, one per environment: {} where it was not called. */
  get infoList(): readonly Info[] {
    return this.latest;
  }

  /** Begins an episode in each environment and returns the first observations, [n x ...]. */
  reset(options: VectorResetOptions = {}): [observations: Element, infos: VectorInfos] {
    this.resetAsync(options);
    return this.resetWait();
  }

  /** Actions: an element of `actionSpace`, or a list with one of `singleActionSpace` for each environment. */
  step(actions: Element): VectorStepTuple {
    this.stepAsync(actions);
    return this.stepWait();
  }

  /** Starts a reset; `resetWait` gives what comes of it. */
  resetAsync(options: VectorResetOptions = {}): void {
    this.open('reset');
    checkResetOptions(String(this), options); // no environment sees them: each is given options of its own
    this.startReset(planReset(String(this), this.numEnvs, options ?? {}));
    this.pending = 'reset';
  }

  /** The end of `resetAsync`; without one it throws a NoAsyncCallError. */
  resetWait(): [observations: Element, infos: VectorInfos] {
    const infos = this.finish('reset');
    return [this.observations(), infos];
  }

  /** Starts a step; `stepWait` gives what comes of it. */
  stepAsync(actions: Element): void {
    this.open('step');
    this.startStep(this.actionsOf(actions));
    this.pending = 'step';
  }

  /** The end of `stepAsync`; without one it throws a NoAsyncCallError. */
  stepWait(): VectorStepTuple {
    const infos = this.finish('step');
    const { rewards, terminations, truncations } = this.memory;
    const booleans = (flags: Uint8Array): boolean[] => Array.from(flags, (flag) => flag === 1);
    return [this.observations(), Float64Array.from(rewards), booleans(terminations), booleans(truncations), infos];
  }

  /** What a method of each environment returns, or an attribute is, in the outermost wrapper that has it. */
  call(name: string, ...args: readonly unknown[]): unknown[] {
    this.open('step');
    if (['reset', 'step', 'resetInto', 'stepInto', 'save', 'load', 'close'].includes(name)) {
      throw new EnvError(`Cannot call ${name} of each environment: use that of the vector`);
    }
    return this.callEach(name, args);
  }

  /** An attribute of each environment, from the outermost wrapper that has it: [n]. */
  getAttr(name: string): unknown[] {
    return this.call(name);
  }

  /** One value for all, or a list with one for each. */
  setAttr(name: string, values: unknown): void {
    this.open('step');
    const list: readonly unknown[] = Array.isArray(values)
      ? values
      : Array.from({ length: this.numEnvs }, () => values);
    if (list.length !== this.numEnvs) {
      throw new EnvError(`Cannot set ${name}: there are ${this.numEnvs} environments and ${list.length} values`);
    }
    this.setEach(name, list);
  }

  /** Everything that changes in each environment, and whether its episode has ended, as JSON. */
  save(): unknown {
    this.open('step');
    const saved: Saved = { autoresetMode: this.autoresetMode, envs: this.saveEach() };
    return saved;
  }

  /** Goes on from what a vector of the same kind saved; where one environment refuses, all stay as they were. */
  load(saved: unknown): void {
    this.open('step');
    const { autoresetMode, envs } = (saved ?? {}) as Partial<Saved>;
    const act = `Cannot load ${String(this)}`;
    if (!Array.isArray(envs)) throw new EnvError(`${act}: what was saved belongs to no vector`);
    if (envs.length !== this.numEnvs) throw new EnvError(`${act}: ${envs.length} environments were saved`);
    if (autoresetMode !== this.autoresetMode) {
      throw new EnvError(`${act}: it was saved in autoreset mode ${describe(autoresetMode)}`);
    }
    const before = this.saveEach();
    try {
      this.loadEach(envs);
    } catch (error) {
      this.loadEach(before);
      throw error;
    }
  }

  /** The picture of each environment: [n]. */
  render(): unknown[] {
    return this.call('render');
  }

  /** Calling it twice is harmless. */
  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.closeEach();
  }

  /** At the end of the block of a `using vector = ...`. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** Class, id and number: `SyncVectorEnv(CartPole-v1, numEnvs=3)`. */
  toString(): string {
    return `${this.constructor.name}(${this.spec?.id ?? this.metadata.id}, numEnvs=${this.numEnvs})`;
  }

  /** Starts to reset the environments of the plan; `wait` ends it. */
  protected abstract startReset(plan: ResetPlan): void;
  /** Starts a step of each environment with its action; `wait` ends it. */
  protected abstract startStep(actions: readonly AnyAction[]): void;
  /** Waits, and gives the info of each environment, null where it was not called. */
  protected abstract wait(): readonly (Info | null)[];
  /** What the method returns, or the attribute is, in each environment: [n]. */
  protected abstract callEach(name: string, args: readonly unknown[]): unknown[];
  /** Sets an attribute of each environment to its value of [n]. */
  protected abstract setEach(name: string, values: readonly unknown[]): void;
  /** Frees what each environment holds; called once. */
  protected abstract closeEach(): void;
  /** What changes in each environment, as JSON: [n]. */
  protected saveEach(): unknown[] {
    throw new EnvError(`Cannot save ${String(this)}: a vector of your own needs saveEach() and loadEach()`);
  }
  /** Goes on in each environment from what `saveEach` gave, [n]. */
  protected loadEach(saved: readonly unknown[]): void {
    void saved;
    throw new EnvError(`Cannot load ${String(this)}: a vector of your own needs saveEach() and loadEach()`);
  }

  private open(call: Call): void {
    if (this.isClosed) throw new ClosedEnvironmentError(`Cannot ${call} ${String(this)}: it is closed`);
    if (this.pending !== null) {
      throw new AlreadyPendingCallError(`Cannot ${call} ${String(this)}: call ${this.pending}Wait() first`);
    }
  }

  private finish(call: Call): VectorInfos {
    if (this.isClosed) throw new ClosedEnvironmentError(`Cannot ${call} ${String(this)}: it is closed`);
    if (this.pending !== call) throw new NoAsyncCallError(`Cannot wait for a ${call}: call ${call}Async() first`);
    this.pending = null;
    const infos: VectorInfos = {};
    this.latest = this.wait().map((info) => info ?? {});
    this.latest.forEach((info, i) => addInfo(infos, info, i, this.numEnvs));
    return infos;
  }

  private actionsOf(actions: Element): AnyAction[] {
    const list = this.isBatch(actions) ? [...iterate(this.actionSpace, actions)] : (actions as AnyAction[]);
    if (list.length !== this.numEnvs) {
      throw new InvalidAction(`Cannot step ${String(this)}: there are ${list.length} actions`);
    }
    list.forEach((action, i) => this.checkAction(action, i));
    return list;
  }

  /** A list may be either: a batch of a Tuple is a list of batches. */
  private isBatch(actions: unknown): boolean {
    if (!Array.isArray(actions)) return true;
    return this.singleActionSpace.kind === 'tuple' && this.actionSpace.contains(actions);
  }

  /** All are looked at before anything moves. The bounds of a Box are left to the environment: some cut. */
  private checkAction(action: unknown, i: number): void {
    const { singleActionSpace: space } = this;
    const isVector = space.kind === 'box' && isArrayLike(action) && action.length === space.size;
    if (isVector || space.contains(action)) return;
    throw new InvalidAction(
      `Cannot step ${String(this)}: the action of environment ${i}, ${describe(action)}, is not in ${space}`,
    );
  }

  /** A copy: whoever keeps it keeps its values. */
  private observations(): Element {
    const { memory, singleObservationSpace: space, numEnvs } = this;
    if (space.kind === 'box') return memory.observations.slice();
    const items = Array.from({ length: numEnvs }, (_, i) => space.unflatten(row(memory.observations, i, space.size)));
    return concatenate(space, items, createEmptyArray(space, numEnvs));
  }
}
