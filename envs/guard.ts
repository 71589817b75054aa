import { Env } from './env.ts';
import type { Action, ResetOptions, StepResult } from './env.ts';
import { EnvError } from './errors.ts';
import type { AnyEnv } from './part.ts';

/** The two calls a runner makes. */
export interface GuardedEnv {
  /** As `Env.resetInto`, checked. */
  resetInto(out: StepResult, options?: ResetOptions): void;
  /** As `Env.stepInto`, checked; an EnvError before a reset and after an episode has ended. */
  stepInto(action: Action, out: StepResult): void;
}

/**
 * The environment, checked while it runs: steps only inside an episode, finite observation and reward, booleans, and
 * (where the environment writes the tuple form alone) tuples and observations that fit. Costs one loop over the
 * observation; the first breach throws one line that names the environment and the step, counted from here.
 */
export function guarded(env: AnyEnv): GuardedEnv {
  return new Guarded(env);
}

class Guarded implements GuardedEnv {
  private readonly env: AnyEnv;
  private readonly writesTupleReset: boolean;
  private readonly writesTupleStep: boolean;
  private steps = 0;
  private phase: 'new' | 'running' | 'ended' = 'new';

  constructor(env: AnyEnv) {
    this.env = env;
    this.writesTupleReset = env.resetInto === Env.prototype.resetInto;
    this.writesTupleStep = env.stepInto === Env.prototype.stepInto;
  }

  resetInto(out: StepResult, options?: ResetOptions): void {
    this.phase = 'new';
    if (this.writesTupleReset) this.takeReset(this.env.reset(options), out);
    else this.env.resetInto(out, options);
    this.checkObservation(out.observation);
    this.phase = 'running';
  }

  stepInto(action: Action, out: StepResult): void {
    if (this.phase !== 'running') throw this.outOfOrder();
    this.steps++;
    if (this.writesTupleStep) this.takeStep(this.env.step(action), out);
    else this.env.stepInto(action, out);
    this.checkObservation(out.observation);
    this.checkScalars(out);
    if (out.terminated || out.truncated) this.phase = 'ended';
  }

  private takeReset(result: unknown, out: StepResult): void {
    if (!Array.isArray(result) || result.length !== 2) throw this.broken('reset() must return [observation, info]');
    this.flatten(result[0], out);
    out.reward = 0;
    out.terminated = false;
    out.truncated = false;
  }

  private takeStep(result: unknown, out: StepResult): void {
    if (!Array.isArray(result) || result.length !== 5) {
      throw this.broken('step() must return [observation, reward, terminated, truncated, info]');
    }
    this.flatten(result[0], out);
    out.reward = result[1] as number; // checked with the flags, below
    out.terminated = result[2] as boolean;
    out.truncated = result[3] as boolean;
  }

  /** Types and lengths only: bounds are checkEnv's, they cost a loop more. */
  private flatten(observation: unknown, out: StepResult): void {
    const space = this.env.observationSpace;
    if (space.kind === 'box') {
      if (!(observation instanceof Float64Array)) {
        throw this.broken(`observation is ${describe(observation)}, observationSpace ${space} takes a Float64Array`);
      }
      if (observation.length !== space.size) {
        throw this.broken(`observation has ${observation.length} entries, observationSpace says ${space.size}`);
      }
      out.observation.set(observation);
      return;
    }
    if (!space.contains(observation)) {
      throw this.broken(`observation is ${describe(observation)}, observationSpace is ${space}`);
    }
    space.flatten(observation, out.observation);
  }

  /** A sum is finite only where every entry is, and cheap; one that is not may merely have overflown. */
  private checkObservation(observation: Float64Array): void {
    let sum = 0;
    for (let i = 0; i < observation.length; i++) sum += observation[i]!;
    if (!Number.isFinite(sum)) this.checkEntries(observation);
  }

  private checkEntries(observation: Float64Array): void {
    for (let i = 0; i < observation.length; i++) {
      if (!Number.isFinite(observation[i])) throw this.broken(`observation entry ${i} is ${observation[i]}`);
    }
  }

  private checkScalars({ reward, terminated, truncated }: StepResult): void {
    if (!Number.isFinite(reward)) throw this.broken(`reward is ${describe(reward)}, a finite number is needed`);
    if (typeof terminated !== 'boolean') throw this.broken(`terminated is ${describe(terminated)}, not a boolean`);
    if (typeof truncated !== 'boolean') throw this.broken(`truncated is ${describe(truncated)}, not a boolean`);
  }

  private broken(what: string): EnvError {
    const where = this.phase === 'new' ? `reset after step ${this.steps}` : `step ${this.steps}`;
    return new EnvError(`Environment ${this.env.metadata.id} broke its contract at ${where}: ${what}`);
  }

  private outOfOrder(): EnvError {
    const why = this.phase === 'new' ? '' : `the episode ended at step ${this.steps}; `;
    return new EnvError(`Cannot step ${this.env.metadata.id}: ${why}call reset() first`);
  }
}

/** A value in a few words: `NaN`, `"1"`, `an Array of 3`. */
export function describe(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value !== 'object' || value === null) return String(value);
  const kind = value.constructor?.name ?? 'object';
  return 'length' in value ? `${/^[AEIOU]/.test(kind) ? 'an' : 'a'} ${kind} of ${String(value.length)}` : `an object`;
}

/** A value as JSON, whatever it is. */
export function asJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return describe(value); // a bigint, or what holds itself
  }
}
