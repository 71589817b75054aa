/**
 * Any problem in Cassandra's .POMDP format, from a file or built in (pomdp/files.ts); the format: pomdp/parse.ts.
 *
 * Observation [Z]: one-hot, drawn from O(o | a, s'). Actions: those of the problem, by their numbers. Reward: R(a, s, s',
 * o), the negative of it where the values are costs. Discount: the problem's.
 * reset() draws a state from the start distribution. Its observation is drawn too where every state that can be the
 * start shows the same after all actions, as in the mazes; elsewhere (and with `first: false`) it is all zeros, because
 * the format knows observations only after an action. V* of a problem may depend on this.
 * End: entering a state that can never be left and pays nothing terminates, unless `ends` is false. Most of the classic
 * problems have no such state: their goals lead back to the start.
 * Draws: reset: one uniform for the state, one for the observation if there is one; step: the same.
 * `info` of a step: { state }, the hidden state's name. No value(), no floors: V* is the best that control can do.
 *
 * Built in, with the optimal values of the start as the classic solvers give them (test/pomdp/solver.test.ts computes
 * them again): tiger 19.37, tiger-alt-start 3.77019, tmaze5 2.125764, cheese.95 3.57888, 4x3.95 2.00109, shuttle.95
 * 32.88972, network 296.21870, paint.95 3.29360, heavenhell 0.99^10; hallway is not checked. These are the
 * problems that go on for ever (pobax and others replay cheese, 4x3, shuttle, network and paint with an end added).
 */
import { z } from 'zod';
import type { EnvMetadata, StepResult, StepTuple } from '../env.ts';
import { illegalAction } from '../illegal-action.ts';
import { defineEnv } from '../part.ts';
import { loadPomdp } from '../pomdp/files.ts';
import { isAbsorbing, showsAlways } from '../pomdp/model.ts';
import type { Pomdp } from '../pomdp/model.ts';
import { box, discrete } from '../spaces.ts';
import type { Box, Discrete } from '../spaces.ts';
import { Task } from '../task.ts';

const options = z.strictObject({
  file: z.string().min(1).default('tiger').describe('a built-in problem, or the path of a .POMDP file'),
  first: z.boolean().default(true).describe('whether reset shows an observation, where the problem defines one'),
  ends: z.boolean().default(true).describe('whether a state that can never be left ends the episode'),
});
type Options = z.output<typeof options>;

class PomdpEnv extends Task {
  override readonly metadata: EnvMetadata;
  readonly observationSpace: Box;
  readonly actionSpace: Discrete;
  private readonly model: Pomdp;
  private readonly next: Float64Array; // [A x S x S] probability of this state or an earlier one
  private readonly shown: Float64Array; // [A x S x Z] likewise
  private readonly startUpTo: Float64Array; // [S] likewise
  private readonly ends: Uint8Array; // [S]
  private readonly showsFirst: boolean;
  private state = 0;

  constructor({ file, first, ends }: Options) {
    super();
    const model = loadPomdp(file);
    const { states, actions, observations } = model;
    this.model = model;
    this.metadata = { id: 'pomdp', cite: 'kaelbling1998planning', discount: model.discount, floors: null };
    this.observationSpace = box(0, 1, [observations.length]);
    this.actionSpace = discrete(actions.length);
    this.next = cumulated(model.transition, states.length);
    this.shown = cumulated(model.observation, observations.length);
    this.startUpTo = cumulated(model.start, states.length);
    this.ends = Uint8Array.from(states, (_, s) => (ends && isAbsorbing(model, s) ? 1 : 0));
    this.showsFirst = first && states.every((_, s) => model.start[s] === 0 || showsAlways(model, s));
  }

  protected override begin(observation: Float64Array): void {
    this.state = this.draw(this.startUpTo, 0, this.startUpTo.length);
    observation.fill(0);
    if (this.showsFirst) observation[this.drawObservation(0)] = 1;
  }

  protected override advance(action: number, out: StepResult): void {
    if (!this.actionSpace.contains(action)) throw illegalAction('pomdp', action, this.actionSpace);
    const n = this.model.states.length;
    const before = this.state;
    this.state = this.draw(this.next, (action * n + before) * n, n);
    const o = this.drawObservation(action);
    out.reward = this.model.reward(action, before, this.state, o);
    out.terminated = this.ends[this.state] === 1;
    out.observation.fill(0);
    out.observation[o] = 1;
  }

  override step(action: number): StepTuple<Float64Array> {
    const [observation, reward, terminated, truncated] = super.step(action);
    return [observation, reward, terminated, truncated, { state: this.model.states[this.state] }];
  }

  private drawObservation(action: number): number {
    const m = this.model.observations.length;
    return this.draw(this.shown, (action * this.model.states.length + this.state) * m, m);
  }

  private draw(upTo: Float64Array, from: number, count: number): number {
    const u = this.rng.uniform();
    let i = 0;
    while (i < count - 1 && u >= upTo[from + i]!) i++;
    return i;
  }

  protected override saveNumbers(): number[] {
    return [this.state];
  }

  protected override loadNumbers([state]: readonly number[]): void {
    this.state = state!;
  }
}

/** Running sums of rows of `length`; from the last possible one on 1, so that rounding draws nothing impossible. */
function cumulated(table: Float64Array, length: number): Float64Array {
  const sums = table.slice();
  for (let from = 0; from < sums.length; from += length) {
    let last = 0;
    for (let i = 1; i < length; i++) sums[from + i]! += sums[from + i - 1]!;
    for (let i = 0; i < length; i++) if (table[from + i]! > 0) last = i;
    sums.fill(1, from + last, from + length);
  }
  return sums;
}

export default defineEnv({
  cite: 'kaelbling1998planning',
  summary: 'any problem of a .POMDP file, or a classic: tiger, cheese, shuttle, hallway and others',
  options,
  create: (chosen) => new PomdpEnv(chosen),
});
