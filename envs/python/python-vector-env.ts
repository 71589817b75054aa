import type { Info, ResetOptions } from '../env.ts';
import { EnvError } from '../errors.ts';
import type { Space } from '../spaces.ts';
import { FifoChannel } from './fifo-channel.ts';
import { parsed, vectorOptions, type PythonVectorOptions } from './options.ts';
import { bytesOf, Reply, Requests, type Op } from './protocol.ts';
import { takeReply } from './session.ts';
import { countOf, type Flat, spaceOf } from './spaces.ts';

/** What one step of all copies left behind. */
export interface VectorStep {
  readonly observations: Float64Array; // [numEnvs x entries of one]; a Discrete observation is one entry
  readonly rewards: Float64Array; // [numEnvs]
  readonly terminated: Uint8Array; // [numEnvs]
  readonly truncated: Uint8Array; // [numEnvs]
  readonly info: Info;
}

/**
 * Copies of a Gymnasium environment in lockstep (gymnasium.make_vec): one crossing of the bridge steps them all.
 * Synchronous, POSIX. Observations and actions must be flat: Box, Discrete, MultiDiscrete, MultiBinary.
 */
export class PythonVectorEnv {
  readonly numEnvs: number;
  /** Of one copy. */
  readonly singleObservationSpace: Space<Flat>;
  readonly singleActionSpace: Space<Flat>;
  readonly versions: Readonly<Record<string, string>>;
  private readonly name: string;
  private readonly channel: FifoChannel;
  private readonly requests: Requests;
  private readonly reply: Reply;
  private readonly entries: number; // numbers of one observation
  private readonly observationBytes: number; // of all
  private seeded = false;

  constructor(id: string, options: PythonVectorOptions = {}) {
    const settings = parsed(id, vectorOptions, options);
    const { numEnvs, vectorization, autoreset } = settings;
    this.name = `python/${id}`;
    this.numEnvs = numEnvs;
    this.channel = new FifoChannel({ id, settings, vector: { count: numEnvs, vectorization, autoreset } });
    const { action, observation, versions } = this.channel.hello;
    this.versions = versions;
    this.singleObservationSpace = spaceOf(id, observation) as Space<Flat>;
    this.singleActionSpace = spaceOf(id, action) as Space<Flat>;
    this.entries = countOf(observation);
    this.observationBytes = bytesOf(observation.wire, numEnvs * this.entries);
    this.requests = new Requests(action.wire, numEnvs * countOf(action));
    this.reply = new Reply(8 * numEnvs + this.observationBytes + numEnvs);
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
    const { action } = this.requests;
    if (actions.length !== action.length) {
      throw new EnvError(`Cannot step ${this.name}: it takes ${action.length} numbers, got ${actions.length}`);
    }
    action.set(actions);
    return this.ask('step', this.requests.step());
  }

  close(): void {
    this.channel.close(this.requests.json('close', null), this.reply);
  }

  private ask(op: Op, frame: Uint8Array): VectorStep {
    const { channel, reply, numEnvs, entries, observationBytes } = this;
    channel.call(op, frame, reply);
    if (reply.seq !== this.requests.seq) throw channel.distrust(`answered request ${reply.seq} out of turn`);
    takeReply(this.name, op, reply);
    const { wire } = channel.hello.observation;
    const flags = reply.numbers('uint8', numEnvs, 8 * numEnvs + observationBytes);
    return {
      rewards: Float64Array.from(reply.numbers('float64', numEnvs)),
      observations: Float64Array.from(reply.numbers(wire, numEnvs * entries, 8 * numEnvs)),
      terminated: Uint8Array.from(flags, (flag) => flag & 1),
      truncated: Uint8Array.from(flags, (flag) => flag >> 1),
      info: reply.json() as Info,
    };
  }
}
