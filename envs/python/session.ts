import type { Info, ResetOptions, StepResult } from '../env.ts';
import { EnvError } from '../errors.ts';
import type { Element, Space } from '../spaces.ts';
import { elementFrom, jsonFrom } from './json-elements.ts';
import { ACTION_AT, type Hello, OBSERVATION_AT, type Op, Reply, Requests } from './protocol.ts';
import { PythonEnvError, type PythonEnvErrorCode } from './python-env-error.ts';
import { Carrier } from './spaces.ts';

/** What both kinds of environment make of requests and replies, whatever carries them. */
export class Session {
  readonly name: string;
  readonly requests: Requests;
  readonly reply: Reply;
  private readonly observed: Carrier;
  private readonly acted: Carrier;
  private phase: 'new' | 'running' | 'ended' = 'new';
  private seeded = false;

  constructor(id: string, { observation, action }: Hello) {
    this.name = `python/${id}`;
    this.observed = new Carrier(id, observation);
    this.acted = new Carrier(id, action);
    this.requests = new Requests(this.acted.layout?.bytes ?? 0);
    this.acted.layout?.over(this.requests.memory, ACTION_AT);
    this.reply = new Reply(this.observed.layout?.bytes ?? 0);
  }

  get observationSpace(): Space<Element> {
    return this.observed.space;
  }

  get actionSpace(): Space<Element> {
    return this.acted.space;
  }

  stepFrame(action: Element): Uint8Array {
    this.checkRunning();
    const { space, layout } = this.acted;
    const fits = layout === null ? space.contains(action) : layout.write(action);
    if (!fits) throw new EnvError(`Cannot step ${this.name}: the action ${show(action)} is not in ${space}`);
    return layout === null ? this.requests.json('step', jsonFrom(space, action)) : this.requests.step();
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

  /** What a reset or a step has brought. */
  seen(): [observation: Element, info: Info] {
    const { layout, space } = this.observed;
    const json = this.reply.json();
    if (layout !== null) return [layout.over(this.reply.memory, OBSERVATION_AT).read(), json as Info];
    const [observation, info] = json as [unknown, Info];
    return [elementFrom(space, observation), info];
  }

  readInto(out: StepResult): void {
    const { layout, space } = this.observed;
    if (layout === null) space.flatten(this.seen()[0], out.observation);
    else layout.over(this.reply.memory, OBSERVATION_AT).readFlat(out.observation);
    out.reward = this.reply.reward;
    out.terminated = this.reply.terminated;
    out.truncated = this.reply.truncated;
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

/** Arrays of numbers as lists. */
const show = (action: unknown): string =>
  String(JSON.stringify(action, (_, x: unknown) => (ArrayBuffer.isView(x) ? [...(x as Float64Array)] : x))).replaceAll(
    ',',
    ', ',
  );
