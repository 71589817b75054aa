import type { Info, ResetOptions } from '../env.ts';
import { EnvError } from '../errors.ts';
import type { Element, Space } from '../spaces.ts';
import { FifoChannel } from './fifo-channel.ts';
import { parsed, vectorOptions, type PythonVectorOptions } from './options.ts';
import { Layout } from './layout.ts';
import { ACTION_AT, OBSERVATION_AT, Reply, Requests, type Op } from './protocol.ts';
import { takeReply } from './session.ts';
import { spaceOf } from './spaces.ts';

/** What one step of all copies left behind. */
export interface VectorStep {
  readonly observations: Float64Array; // [numEnvs x numbers of one]; a Discrete observation is one number
  readonly rewards: Float64Array; // [numEnvs]
  readonly terminated: Uint8Array; // [numEnvs]
  readonly truncated: Uint8Array; // [numEnvs]
  readonly info: Info; // of all
}

/**
 * Copies of a Gymnasium environment in lockstep (gymnasium.make_vec): one crossing of the bridge steps them all.
 * Synchronous, POSIX. Observations and actions must be numbers: Box, Discrete, MultiDiscrete, MultiBinary, or Dict and
 * Tuple of these, whose numbers stand one after the other.
 */
export class PythonVectorEnv {
  /** How many copies there are. */
  readonly numEnvs: number;
  /** Of one copy. */
  readonly singleObservationSpace: Space<Element>;
  /** Of one copy. */
  readonly singleActionSpace: Space<Element>;
  /** Of gymnasium and numpy. */
  readonly versions: Readonly<Record<string, string>>;
  /** Process number of the Python process. */
  readonly pid: number;
  private readonly name: string;
  private readonly channel: FifoChannel;
  private readonly requests: Requests;
  private readonly reply: Reply;
  private readonly observed: Layout; // of all
  private readonly acted: Layout;
  private seeded = false;

  /** `id` as gymnasium.make_vec takes it. */
  constructor(id: string, options: PythonVectorOptions = {}) {
    const settings = parsed(id, vectorOptions, options);
    const { numEnvs, vectorization, autoreset } = settings;
    this.name = `python/${id}`;
    this.numEnvs = numEnvs;
    this.channel = new FifoChannel({ id, settings, vector: { count: numEnvs, vectorization, autoreset } });
    const { action, observation, versions } = this.channel.hello;
    this.versions = versions;
    this.pid = this.channel.pid;
    try {
      this.singleObservationSpace = spaceOf(id, observation);
      this.singleActionSpace = spaceOf(id, action);
    } catch (error) {
      this.channel.close(new Requests(0).json('close', null), new Reply(0));
      throw error;
    }
    // Spaces of several at a time are of numbers: bridge.py refuses others.
    this.observed = new Layout(this.singleObservationSpace, observation.wires!, numEnvs);
    this.acted = new Layout(this.singleActionSpace, action.wires!, numEnvs);
    this.requests = new Requests(this.acted.bytes);
    this.acted.over(this.requests.memory, ACTION_AT);
    this.reply = new Reply(8 * numEnvs + this.observed.bytes + numEnvs);
  }

  /** One seed: the copies get seed, seed + 1, ..., as in Gymnasium. Without any, the first reset takes 0. */
  reset({ seed, options }: ResetOptions = {}): [observations: Float64Array, info: Info] {
    const given = seed ?? (this.seeded ? null : 0);
    this.seeded = true;
    const { observations, info } = this.ask(
      'reset',
      this.requests.json('reset', { seed: given, options: options ?? null }),
    );
    return [observations, info];
  }

  /** The actions of all, one after the other. */
  step(actions: ArrayLike<number>): VectorStep {
    const count = this.numEnvs * this.acted.entries;
    if (actions.length !== count) {
      throw new EnvError(`Cannot step ${this.name}: it takes ${count} numbers, got ${actions.length}`);
    }
    this.acted.writeRows(actions);
    return this.ask('step', this.requests.step());
  }

  /** Ends the process. Calling it twice is harmless. */
  close(): void {
    this.channel.close(this.requests.json('close', null), this.reply);
  }

  /** At the end of the block of a `using envs = ...`. */
  [Symbol.dispose](): void {
    this.close();
  }

  private ask(op: Op, frame: Uint8Array): VectorStep {
    const { channel, reply, numEnvs, observed } = this;
    channel.call(op, frame, reply);
    if (reply.seq !== this.requests.seq) throw channel.distrust(`answered request ${reply.seq} out of turn`);
    takeReply(this.name, op, reply);
    const flags = reply.numbers('uint8', numEnvs, 8 * numEnvs + observed.bytes);
    return {
      rewards: Float64Array.from(reply.numbers('float64', numEnvs)),
      observations: observed.over(reply.memory, OBSERVATION_AT + 8 * numEnvs).readRows(),
      terminated: Uint8Array.from(flags, (flag) => flag & 1),
      truncated: Uint8Array.from(flags, (flag) => flag >> 1),
      info: reply.json() as Info,
    };
  }
}
