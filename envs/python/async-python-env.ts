import type { EnvMetadata, Info, ResetOptions, StepTuple } from '../env.ts';
import type { Element, Space } from '../spaces.ts';
import { parsed, pythonOptions, type PythonOptions } from './options.ts';
import type { Op } from './protocol.ts';
import type { JsonTuple } from './python-env.ts';
import { Session } from './session.ts';
import { StdioChannel } from './stdio-channel.ts';

/**
 * A real Gymnasium environment in a Python process of its own, with promises: the event loop lives on while Python
 * works, and it runs on Windows too. As PythonEnv otherwise. Calls are answered in the order in which they are made.
 */
export class AsyncPythonEnv {
  /** Facts about it: its id; Gymnasium knows no discount and no floors. */
  readonly metadata: EnvMetadata;
  /** {@inheritDoc PythonEnv.versions} */
  readonly versions: Readonly<Record<string, string>>;
  /** {@inheritDoc PythonEnv.maxEpisodeSteps} */
  readonly maxEpisodeSteps: number | null;
  /** {@inheritDoc PythonEnv.pid} */
  readonly pid: number;
  private readonly channel: StdioChannel;
  private readonly session: Session;
  private last: Promise<unknown> = Promise.resolve(); // the call that the next one waits for

  /** Starts Python and makes the environment. `fake`: see Launch. */
  static async make(id: string, options: PythonOptions = {}, fake?: string): Promise<AsyncPythonEnv> {
    const settings = parsed(id, pythonOptions, options);
    return new AsyncPythonEnv(id, await StdioChannel.open({ id, settings, fake }));
  }

  private constructor(id: string, channel: StdioChannel) {
    this.metadata = { id: `python/${id}`, cite: null, discount: null, floors: null };
    this.channel = channel;
    this.pid = channel.pid;
    this.versions = channel.hello.versions;
    this.maxEpisodeSteps = channel.hello.maxEpisodeSteps;
    this.session = new Session(id, channel.hello);
  }

  /** Throws where it is none of Gymnasium's ten kinds; resetJson and stepJson work all the same. */
  get observationSpace(): Space<Element> {
    return this.session.observationSpace;
  }

  /** As `observationSpace`. */
  get actionSpace(): Space<Element> {
    return this.session.actionSpace;
  }

  /** Begins an episode; resolves with its first observation. */
  reset(options?: ResetOptions): Promise<[observation: Element, info: Info]> {
    return this.queue(async () => {
      void this.observationSpace;
      await this.ask('reset', this.session.resetFrame('reset', options));
      return this.session.seen();
    });
  }

  /** One step; an action that is not in the action space rejects. */
  step(action: Element): Promise<StepTuple<Element>> {
    return this.queue(async () => {
      void this.observationSpace;
      await this.ask('step', this.session.stepFrame(action));
      const [observation, info] = this.session.seen();
      const { reward, terminated, truncated } = this.session.reply;
      return [observation, reward, terminated, truncated, info];
    });
  }

  /** {@inheritDoc PythonEnv.resetJson} */
  resetJson(options?: ResetOptions): Promise<[observation: unknown, info: Info]> {
    return this.queue(async () => {
      const frame = this.session.resetFrame('resetJson', options);
      return (await this.askJson('resetJson', frame)) as [unknown, Info];
    });
  }

  /** {@inheritDoc PythonEnv.stepJson} */
  stepJson(action: unknown): Promise<JsonTuple> {
    return this.queue(async () => {
      const frame = this.session.stepJsonFrame(action);
      const [observation, info] = (await this.askJson('stepJson', frame)) as [unknown, Info];
      const { reward, terminated, truncated } = this.session.reply;
      return [observation, reward, terminated, truncated, info];
    });
  }

  /** {@inheritDoc PythonEnv.getState} */
  getState(): Promise<number[]> {
    return this.queue(
      async () => (await this.askJson('getState', this.session.requests.json('getState', null))) as number[],
    );
  }

  /** {@inheritDoc PythonEnv.setState} */
  setState(state: ArrayLike<number>): Promise<void> {
    return this.queue(async () => {
      await this.askJson('setState', this.session.requests.json('setState', Array.from(state)));
    });
  }

  /** {@inheritDoc PythonEnv.echo} */
  echo(): Promise<void> {
    return this.queue(() => this.ask('echo', this.session.requests.json('echo', null)));
  }

  /** Ends the process. Calling it twice is harmless. */
  close(): Promise<void> {
    return this.queue(() => this.channel.close(this.session.requests.json('close', null), this.session.reply));
  }

  /** At the end of the block of an `await using env = ...`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  private queue<T>(work: () => Promise<T>): Promise<T> {
    const next = this.last.then(work);
    this.last = next.catch(() => undefined);
    return next;
  }

  private async askJson(op: Op, frame: Uint8Array): Promise<unknown> {
    await this.ask(op, frame);
    return this.session.reply.json();
  }

  private async ask(op: Op, frame: Uint8Array): Promise<void> {
    await this.channel.call(op, frame, this.session.reply);
    const why = this.session.distrusted();
    if (why !== null) throw this.channel.distrust(why);
    this.session.take(op);
  }
}
