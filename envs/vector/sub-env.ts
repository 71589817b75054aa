/** One environment of a vector, wherever it runs: it steps, resets by the autoreset mode, and writes its rows. */
import type { Info, ResetOptions } from '../env.ts';
import { EnvError } from '../errors.ts';
import type { AnyEnv } from '../part.ts';
import type { AnyAction, AnyObservation } from '../wrapper.ts';
import { isNumbers } from '../wrapping/checks.ts';
import { row, type VectorMemory } from './memory.ts';

/**
 * What happens after an episode's end. next-step: the next step ignores its action and returns the first observation,
 * reward 0 and no flag. same-step: the step that ends the episode returns the first observation of the next one, the
 * last is infos.final_obs. disabled: whoever steps resets, by resetMask.
 */
export type AutoresetMode = 'next-step' | 'same-step' | 'disabled';
export const autoresetModes: readonly AutoresetMode[] = ['next-step', 'same-step', 'disabled'];

/** The observation is kept since a reset by mask returns those of the others again. */
interface Saved {
  readonly env: unknown;
  readonly hasEnded: boolean;
  readonly observation: readonly number[];
}

export class SubEnv {
  readonly env: AnyEnv;
  private readonly index: number;
  private readonly mode: AutoresetMode;
  private readonly memory: VectorMemory;
  private readonly observation: Float64Array;
  private hasEnded = false;

  constructor(env: AnyEnv, index: number, mode: AutoresetMode, memory: VectorMemory) {
    this.env = env;
    this.index = index;
    this.mode = mode;
    this.memory = memory;
    this.observation = row(memory.observations, index, env.observationSpace.size);
  }

  reset(options?: ResetOptions): Info {
    const [observation, info] = this.env.reset(options);
    this.env.observationSpace.flatten(observation, this.observation);
    this.write(0, false, false);
    return info;
  }

  step(action: AnyAction): Info {
    if (this.hasEnded && this.mode === 'next-step') return this.reset();
    if (this.hasEnded && this.mode === 'disabled') throw this.unreset();
    const [observation, reward, terminated, truncated, info] = this.env.step(action);
    this.write(reward, terminated, truncated);
    if (this.mode === 'same-step' && this.hasEnded) return this.begin(observation, info);
    this.env.observationSpace.flatten(observation, this.observation);
    return info;
  }

  save(): unknown {
    const { env, hasEnded } = this;
    if (env.save === undefined) throw new EnvError(`Cannot save environment ${this.index} of the vector: it cannot`);
    const saved: Saved = { env: env.save(), hasEnded, observation: [...this.observation] };
    return saved;
  }

  load(saved: unknown): void {
    const { env, hasEnded, observation } = (saved ?? {}) as Partial<Saved>;
    const act = `Cannot load environment ${this.index} of the vector`;
    if (this.env.load === undefined) throw new EnvError(`${act}: it cannot`);
    const isFine = typeof hasEnded === 'boolean' && isNumbers(observation, this.observation.length);
    if (!isFine) throw new EnvError(`${act}: what was saved is not the state of one`);
    this.env.load(env);
    this.hasEnded = hasEnded;
    this.observation.set(observation);
  }

  /** In same-step mode: the next episode begins; the flags and the reward stay those of the step. */
  private begin(last: AnyObservation, lastInfo: Info): Info {
    const space = this.env.observationSpace;
    const final = row(this.memory.finals, this.index, space.size);
    space.flatten(last, final);
    const [observation, info] = this.env.reset();
    space.flatten(observation, this.observation);
    return { final_obs: space.unflatten(final), final_info: lastInfo, ...info };
  }

  private write(reward: number, terminated: boolean, truncated: boolean): void {
    const { memory, index } = this;
    memory.rewards[index] = reward;
    memory.terminations[index] = terminated ? 1 : 0;
    memory.truncations[index] = truncated ? 1 : 0;
    this.hasEnded = terminated || truncated;
  }

  private unreset(): EnvError {
    return new EnvError(
      `Cannot step environment ${this.index} of the vector: its episode has ended; reset it, with options.resetMask`,
    );
  }
}

/**
 * Calls all, even where one fails: then its failure is thrown, and the others have moved all the same, as they have where
 * they run in threads.
 */
export function forEach<T>(subs: readonly SubEnv[], work: (sub: SubEnv, i: number) => T): T[] {
  let failure: { readonly error: unknown } | null = null;
  const results = subs.map((sub, i) => {
    try {
      return work(sub, i);
    } catch (error) {
      failure ??= { error };
      return null as T;
    }
  });
  if (failure !== null) throw (failure as { readonly error: unknown }).error;
  return results;
}
