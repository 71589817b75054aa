import { Env, type EnvMetadata, type Info, type ResetOptions, type StepResult, type StepTuple } from '../env.ts';
import type { Element, Space } from '../spaces.ts';
import { FifoChannel } from './fifo-channel.ts';
import { parsed, pythonOptions, type PythonOptions } from './options.ts';
import type { Op } from './protocol.ts';
import { Session } from './session.ts';

/** [observation, reward, terminated, truncated, info], the observation as JSON. */
export type JsonTuple = [observation: unknown, reward: number, terminated: boolean, truncated: boolean, info: Info];

/**
 * A real Gymnasium environment in a Python process of its own, stepped synchronously (POSIX; elsewhere AsyncPythonEnv).
 *
 * Its spaces are Gymnasium's, observations and actions elements of them; resetInto and stepInto write the flat form.
 * `resetJson` and `stepJson` carry them as JSON. `save` and `load` are there where everything that changes in Python is
 * plain data.
 */
export class PythonEnv extends Env<Element, Element> {
  override readonly metadata: EnvMetadata;
  readonly observationSpace: Space<Element>;
  readonly actionSpace: Space<Element>;
  /** Of gymnasium and numpy. */
  readonly versions: Readonly<Record<string, string>>;
  /** Steps after which Gymnasium truncates an episode; null: never. */
  readonly maxEpisodeSteps: number | null;
  /** Process number of the Python process. */
  readonly pid: number;
  private readonly channel: FifoChannel;
  private readonly session: Session;

  /** `id` as gymnasium.make takes it. `fake`: see Launch. */
  constructor(id: string, options: PythonOptions = {}, fake?: string) {
    super();
    this.metadata = { id: `python/${id}`, cite: null, discount: null, floors: null };
    this.channel = new FifoChannel({ id, settings: parsed(id, pythonOptions, options), fake });
    const { hello, pid } = this.channel;
    this.pid = pid;
    this.session = new Session(id, hello);
    this.versions = hello.versions;
    this.maxEpisodeSteps = hello.maxEpisodeSteps;
    try {
      this.observationSpace = this.session.observationSpace;
      this.actionSpace = this.session.actionSpace;
    } catch (error) {
      this.close();
      throw error;
    }
    if (hello.saves) Object.assign(this, { save: () => this.saved(), load: (saved: unknown) => this.loadSaved(saved) });
  }

  reset(options?: ResetOptions): [observation: Element, info: Info] {
    this.ask('reset', this.session.resetFrame('reset', options));
    return this.session.seen();
  }

  step(action: Element): StepTuple<Element> {
    this.ask('step', this.session.stepFrame(action));
    const [observation, info] = this.session.seen();
    const { reward, terminated, truncated } = this.session.reply;
    return [observation, reward, terminated, truncated, info];
  }

  override resetInto(out: StepResult, options?: ResetOptions): void {
    this.ask('reset', this.session.resetFrame('reset', options));
    this.session.readInto(out);
  }

  override stepInto(action: Element, out: StepResult): void {
    this.ask('step', this.session.stepFrame(action));
    this.session.readInto(out);
  }

  /** As `reset`, in the nested form. */
  resetJson(options?: ResetOptions): [observation: unknown, info: Info] {
    return this.askJson('resetJson', this.session.resetFrame('resetJson', options)) as [unknown, Info];
  }

  /** As `step`, in the nested form: an action such as { arm: [0.5], hand: 1 }. */
  stepJson(action: unknown): JsonTuple {
    const [observation, info] = this.askJson('stepJson', this.session.stepJsonFrame(action)) as [unknown, Info];
    const { reward, terminated, truncated } = this.session.reply;
    return [observation, reward, terminated, truncated, info];
  }

  /** `env.unwrapped.state`, where there is one. */
  getState(): number[] {
    return this.askJson('getState', this.session.requests.json('getState', null)) as number[];
  }

  /** Writes `env.unwrapped.state`; where there is none it is a PythonEnvError. */
  setState(state: ArrayLike<number>): void {
    this.askJson('setState', this.session.requests.json('setState', Array.from(state)));
  }

  /** There and back without touching the environment. */
  echo(): void {
    this.ask('echo', this.session.requests.json('echo', null));
  }

  override close(): void {
    this.channel.close(this.session.requests.json('close', null), this.session.reply);
  }

  /** null where an episode has brought in more than plain data: whoever resumes then lives from the seed again. */
  private saved(): unknown {
    const state = this.askJson('save', this.session.requests.json('save', null));
    return state === null ? null : this.session.save(state);
  }

  private loadSaved(saved: unknown): void {
    this.askJson('load', this.session.requests.json('load', this.session.load(saved)));
  }

  private askJson(op: Op, frame: Uint8Array): unknown {
    this.ask(op, frame);
    return this.session.reply.json();
  }

  private ask(op: Op, frame: Uint8Array): void {
    this.channel.call(op, frame, this.session.reply);
    const why = this.session.distrusted();
    if (why !== null) throw this.channel.distrust(why);
    this.session.take(op);
  }
}
