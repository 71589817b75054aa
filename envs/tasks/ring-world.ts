/**
 * Ring world (Schlegel et al., JAIR 2021; as in ActionRNNs.jl): n states in a ring, walked in both directions; only
 * state 1 can be told from the others.
 *
 * Actions: 0 forward (s + 1), 1 backward (s - 1), round the ring. Observation [2]: o, 1 - o with o = 1 iff s = 1.
 * Reward: o of the returned observation. reset() draws the state, one integer; steps draw nothing. No end.
 * value() is the on-policy question: the continuing return when both actions are equally likely (exact, by repeated
 * backups). Floors: for that target, all states equally frequent; until state 1 is first seen the state is unknown, so
 * ideal 0 is what is left later on.
 * oracle(horde) answers the published off-policy questions about o in the present state; first those of "always
 * forward", then those of "always backward":
 *   onestep      [2]   discount 0
 *   chain        [2n]  o after 1, 2, .., n steps
 *   gammas-term  [20]  discounts 0, .1, .., .9, until the bit comes: gamma^(n - s) forward, gamma^(s - 2) backward
 * Known quirk of the reference: in state 1 its gammas-term is gamma^n where the bit comes after n steps, so gamma^(n - 1)
 * is true. `oracle: published` reproduces theirs.
 */
import { z } from 'zod';
import { count } from '../conditioning/options.ts';
import type { EnvMetadata, StepResult } from '../env.ts';
import { LimitedTask } from '../episodes/limited-task.ts';
import { EnvError } from '../errors.ts';
import { defineEnv } from '../part.ts';
import { box, discrete } from '../spaces.ts';
import { ringText, showBit } from '../worlds/bit-ring.ts';
import { gammas, oneHot } from '../worlds/hordes.ts';
import { policyValues, valueFloors } from '../worlds/policy-values.ts';

const options = z.strictObject({
  states: count(10, 2, 1000, 'number of states n'),
  discount: z.number().min(0).max(0.999).default(0.9).describe('gamma of the question, in value() and the floors'),
  oracle: z
    .enum(['true', 'published'])
    .default('true')
    .describe('what oracle("gammas-term") says in state 1: the truth, gamma^(n - 1), or the published gamma^n'),
});

/** The sets of questions that `oracle` answers. */
export type RingHorde = 'onestep' | 'chain' | 'gammas-term';

export class RingWorld extends LimitedTask {
  override readonly metadata: EnvMetadata;
  readonly observationSpace = box(0, 1, [2]);
  readonly actionSpace = discrete(2);
  private readonly values: Float64Array; // [states] of state 1, 2, ..
  private readonly asPublished: boolean;
  private state = 0; // 0 is the state that the paper calls 1

  constructor({ states, discount, oracle }: z.output<typeof options>) {
    super(null);
    this.asPublished = oracle === 'published';
    this.values = policyValues({
      states,
      discount,
      policy: [0.5, 0.5],
      next: (s, a) => (s + (a === 0 ? 1 : states - 1)) % states,
      cumulant: (s) => (s === 0 ? 1 : 0),
    });
    const floors = valueFloors(this.values);
    this.metadata = { id: 'ring-world', cite: 'schlegel2021general', discount, floors, delay: states };
  }

  protected override start(observation: Float64Array): void {
    this.state = this.rng.integer(0, this.values.length - 1);
    showBit(observation, this.state);
  }

  protected override move(action: number, out: StepResult): void {
    const states = this.values.length;
    this.state = (this.state + (action === 0 ? 1 : states - 1)) % states;
    showBit(out.observation, this.state);
    out.reward = out.observation[0]!;
  }

  override value(): number {
    return this.values[this.state]!;
  }

  /** The true answers of a set of questions in the present state. */
  oracle(horde: RingHorde): Float64Array {
    const states = this.values.length;
    const waits = [states - this.state, this.state === 0 ? states : this.state]; // forward, backward
    const each = (answer: (wait: number) => Float64Array): Float64Array =>
      Float64Array.from(waits.flatMap((wait) => [...answer(wait)]));
    if (horde === 'onestep') return each((wait) => Float64Array.of(wait === 1 ? 1 : 0));
    if (horde === 'chain') return each((wait) => oneHot(states, wait - 1));
    const late = this.asPublished && this.state === 0 ? 1 : 0;
    if (horde === 'gammas-term') return each((wait) => gammas.map((gamma) => gamma ** (wait - 1 + late)));
    throw new EnvError(`Cannot answer horde "${String(horde)}" of ring-world: known are onestep, chain, gammas-term`);
  }

  override render(): string {
    return ringText(this.values.length, this.state);
  }

  protected override stateNumbers(): number[] {
    return [this.state];
  }

  protected override setStateNumbers([state]: readonly number[]): void {
    this.state = state!;
  }
}

export default defineEnv({
  cite: 'schlegel2021general',
  summary: 'a ring walked in both directions, one state visible: off-policy questions with an oracle',
  options,
  create: (chosen) => new RingWorld(chosen),
});
