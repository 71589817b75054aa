/**
 * Replays a recorded stream of (observation, action, reward, discount); file format: recording/format.ts, which
 * `recordEnv` (recorder.ts) writes from any environment and policy.
 *
 * Observation: that of the file, and after it what `include` names, in this order: the recorded action (one-hot of a
 * Discrete one; zeros at the start of an episode), the recorded reward. Reward and ends: those of the file. The one
 * action (wait) is the learner's; the recorded action is in the info of a step, with the discount: { action, discount }.
 * metadata.discount is the header's.
 * reset({ seed }) goes to the first row, reset() to the next episode. After the last episode comes the first again, or,
 * with loop false, one line that says so. Nothing is random; the file is read block by block, so its size does not
 * matter. Where no file is named a small sample is replayed (recording/sample.ts).
 */
import { z } from 'zod';
import type { EnvMetadata, StepResult, StepTuple } from '../env.ts';
import { EnvError } from '../errors.ts';
import { illegalAction } from '../illegal-action.ts';
import { defineEnv } from '../part.ts';
import { flag } from '../recording/format.ts';
import { StreamReader } from '../recording/reader.ts';
import { sampleReader } from '../recording/sample.ts';
import { box, discrete } from '../spaces.ts';
import type { Box } from '../spaces.ts';
import { Task } from '../task.ts';

const options = z.strictObject({
  file: z.string().default('').describe('path of the recording; empty = a small sample'),
  include: z
    .array(z.enum(['action', 'reward']))
    .default([])
    .describe('what is appended to the observation'),
  loop: z.boolean().default(true).describe('whether the first episode follows the last'),
});
type Options = z.output<typeof options>;

class Recorded extends Task {
  override readonly metadata: EnvMetadata;
  readonly observationSpace: Box;
  readonly actionSpace = discrete(1);
  private readonly loop: boolean;
  private readonly reader: StreamReader;
  private readonly observed: number; // entries of the file's observation
  private readonly acted: number; // entries of the action, where it is included
  private readonly rewarded: number;
  private isClosed = false;

  constructor({ file, include, loop }: Options) {
    super();
    this.loop = loop;
    this.reader = file === '' ? sampleReader() : StreamReader.open(file);
    const { observation, action, discount } = this.reader.header;
    this.metadata = { id: 'recorded', cite: 'javed2023scalable', discount, floors: null };
    this.observed = observation.size;
    this.acted = include.includes('action') ? ('n' in action ? action.n : action.size) : 0;
    this.rewarded = include.includes('reward') ? 1 : 0;
    this.observationSpace = box(-Infinity, Infinity, [this.observed + this.acted + this.rewarded]);
  }

  protected override seeded(): void {
    this.reader.rewind();
  }

  protected override begin(observation: Float64Array): void {
    do if (!this.reader.next()) this.startOver();
    while ((this.reader.flags & flag.start) === 0);
    this.show(observation);
  }

  protected override advance(action: number, out: StepResult): void {
    if (action !== 0) throw illegalAction(this.metadata.id, action, this.actionSpace);
    const { reader } = this;
    reader.next();
    out.terminated = (reader.flags & flag.terminated) > 0;
    out.truncated = (reader.flags & flag.truncated) > 0;
    this.show(out.observation);
    reader.copyReward(out);
  }

  override step(action: number): StepTuple<Float64Array> {
    const [observation, reward, terminated, truncated] = super.step(action);
    const { action: space } = this.reader.header;
    const taken =
      'n' in space ? this.reader.action() : Float64Array.from({ length: space.size }, (_, i) => this.reader.action(i));
    return [observation, reward, terminated, truncated, { action: taken, discount: this.reader.discount }];
  }

  private startOver(): void {
    const { name } = this.reader;
    if (!this.loop)
      throw new EnvError(`Cannot reset recorded: ${name} has no further episode; set loop, or give a seed`);
    this.reader.rewind();
    if (!this.reader.next()) throw new EnvError(`Cannot reset recorded: ${name} is empty`);
  }

  private show(out: Float64Array): void {
    const { reader, observed, acted } = this;
    reader.copyObservation(out);
    if (acted > 0) this.showAction(out);
    if (this.rewarded > 0) out[observed + acted] = reader.reward;
  }

  private showAction(out: Float64Array): void {
    const { reader, observed, acted } = this;
    const { action } = reader.header;
    const isStart = (reader.flags & flag.start) > 0;
    for (let i = 0; i < acted; i++) {
      const isTaken = 'n' in action && reader.action() - action.start === i;
      out[observed + i] = isStart ? 0 : 'n' in action ? Number(isTaken) : reader.action(i);
    }
  }

  protected override saveNumbers(): number[] {
    return [this.reader.block, this.reader.row];
  }

  protected override loadNumbers([block, row]: readonly number[]): void {
    this.reader.seek(block!, row!);
  }

  override close(): void {
    if (!this.isClosed) this.reader.close();
    this.isClosed = true;
  }
}

export default defineEnv({
  cite: 'javed2023scalable',
  summary: 'replays a recorded stream of observations, actions and rewards from a file',
  options,
  create: (chosen) => new Recorded(chosen),
});
