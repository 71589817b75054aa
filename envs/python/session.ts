import type { Info, ResetOptions, StepResult } from '../env.ts';
import { EnvError } from '../errors.ts';
import type { Box, Discrete } from '../spaces.ts';
import { bytesOf, type Hello, type Op, Reply, Requests } from './protocol.ts';
import { PythonEnvError, type PythonEnvErrorCode } from './python-env-error.ts';
import { countOf, type Flat, spaceOf } from './spaces.ts';

/** What both kinds of environment make of requests and replies, whatever carries them. */
export class Session {
  readonly name: string;
  readonly requests: Requests;
  readonly reply: Reply;
  private readonly id: string;
  private readonly hello: Hello;
  private phase: 'new' | 'running' | 'ended' = 'new';
  private seeded = false;
  private found: { readonly observation: Box | Discrete; readonly action: Box | Discrete } | null = null;

  constructor(id: string, hello: Hello) {
    this.id = id;
    this.name = `python/${id}`;
    this.hello = hello;
    const { action, observation } = hello;
    this.requests = new Requests(action.wire ?? 'uint8', countOf(action));
    this.reply = new Reply(observation.kind === 'json' ? 0 : bytesOf(observation.wire, countOf(observation)));
  }

  /** Made when first asked for: what has no flat form can still be lived in JSON. */
  get spaces(): { readonly observation: Box | Discrete; readonly action: Box | Discrete } {
    const { observation, action } = this.hello;
    this.found ??= { observation: spaceOf(this.id, observation), action: spaceOf(this.id, action) };
    return this.found;
  }

  stepFrame(action: Flat): Uint8Array {
    this.checkRunning();
    const { action: space } = this.spaces;
    const { action: numbers } = this.requests;
    // A box of real numbers may be left: many environments clip.
    const fits =
      space.kind === 'discrete' || this.hello.action.whole
        ? space.contains(action)
        : action instanceof Float64Array && action.length === numbers.length;
    if (!fits) throw new EnvError(`Cannot step ${this.name}: the action ${show(action)} is not in ${space}`);
    if (typeof action === 'number') numbers[0] = action;
    else numbers.set(action as Float64Array);
    return this.requests.step();
  }

  stepJsonFrame(action: unknown): Uint8Array {
    this.checkRunning();
    return this.requests.json('stepJson', action);
  }

  /** Like the built-in tasks, an environment that never got a seed starts from seed 0. */
  resetFrame(op: 'reset' | 'resetJson', { seed, options }: ResetOptions = {}): Uint8Array {
    if (seed !== undefined && (!Number.isSafeInteger(seed) || seed < 0)) {
      throw new EnvError(`Cannot reset ${this.name}: the seed must be a non-negative integer, got ${seed}`);
    }
    const given = seed ?? (this.seeded ? null : 0);
    this.seeded = true;
    this.phase = 'new'; // until the answer is there
    return this.requests.json(op, { seed: given, options: options ?? null });
  }

  /** Why the reply is no answer to the latest request; null where it is one. */
  distrusted(): string | null {
    const { seq } = this.requests;
    return this.reply.seq === seq ? null : `answered request ${this.reply.seq} when asked number ${seq}`;
  }

  /** What follows from an answer, whatever was asked. */
  take(op: Op): void {
    const { reply } = this;
    const lives = op === 'setState' || op === 'getState' || op === 'save' || op === 'echo'; // the episode, whatever came
    if (reply.failed && !lives) this.phase = 'new';
    takeReply(this.name, op, reply);
    if (op === 'reset' || op === 'resetJson') this.phase = 'running';
    if ((op === 'step' || op === 'stepJson') && (reply.terminated || reply.truncated)) this.phase = 'ended';
  }

  observation(): Flat {
    const { observation } = this.hello;
    const numbers = this.reply.numbers(observation.wire, countOf(observation));
    return observation.kind === 'discrete' ? numbers[0]! : Float64Array.from(numbers);
  }

  readInto(out: StepResult): void {
    const { wire, kind, start } = this.hello.observation;
    const numbers = this.reply.numbers(wire, countOf(this.hello.observation));
    if (kind === 'discrete') {
      out.observation.fill(0);
      out.observation[numbers[0]! - start] = 1;
    } else out.observation.set(numbers);
    out.reward = this.reply.reward;
    out.terminated = this.reply.terminated;
    out.truncated = this.reply.truncated;
  }

  info(): Info {
    return this.reply.json() as Info;
  }

  /** Where a saved environment was; JSON. */
  save(state: unknown): unknown {
    return { env: this.name, phase: this.phase, state };
  }

  load(saved: unknown): unknown {
    const { env, phase, state } = (saved ?? {}) as Record<string, unknown>;
    const known = phase === 'new' || phase === 'running' || phase === 'ended';
    if (env !== this.name || !known || typeof state !== 'string') {
      throw new EnvError(`Cannot load ${this.name}: what was saved belongs to ${String(env)}`);
    }
    this.phase = phase;
    this.seeded = true;
    return state;
  }

  private checkRunning(): void {
    if (this.phase === 'running') return;
    const why = this.phase === 'new' ? '' : 'the episode has ended; ';
    throw new EnvError(`Cannot step ${this.name}: ${why}call reset() first`);
  }
}

/** Throws what Python threw. */
export function takeReply(name: string, op: Op, reply: Reply): void {
  if (!reply.failed) return;
  const { code, message, traceback } = reply.json() as Record<'code' | 'message' | 'traceback', string>;
  const said = `Environment ${name} failed in ${op}: ${message}`;
  throw new PythonEnvError(code as PythonEnvErrorCode, said, { traceback });
}

const show = (action: unknown): string =>
  action instanceof Float64Array ? `[${action.join(', ')}]` : String(JSON.stringify(action));
