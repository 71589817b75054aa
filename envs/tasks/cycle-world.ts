/**
 * Cycle world (Schlegel et al., GVF networks, JAIR 2021): n states in a ring, only state 0 can be told from the others.
 *
 * s <- (s + 1) mod n. Observation [2]: o, 1 - o with o = 1 iff s = 0. Reward: o of the returned observation, so with
 * discount 0 the question is "is state 0 next?", which needs a memory of n - 1 steps. reset() starts in state 0; nothing
 * is random. One action (wait). No end.
 * value() is the return itself: gamma^(n - 1 - s) / (1 - gamma^n).
 * oracle(horde) answers the published sets of questions in the present state (ActionRNNs.jl), all about o:
 *   onestep      [1]      discount 0
 *   chain        [n]      o after 1, 2, .., n steps
 *   gamma-chain  [n + 1]  chain, then discount .9 until the bit comes: .9^(n - 1 - s)
 *   gammas-term  [10]     discounts 0, .1, .., .9 until the bit comes
 *   gammas       [10]     the same without an end: divided by 1 - gamma^n (the reference code leaves that out)
 * Floors in closed form (all states are equally frequent); at discount 0 zero is 1/n, constant (1/n)(1 - 1/n), ideal 0.
 */
import { z } from 'zod';
import { count } from '../conditioning/options.ts';
import type { EnvMetadata, StepResult } from '../env.ts';
import { EnvError } from '../errors.ts';
import { illegalAction } from '../illegal-action.ts';
import { defineEnv } from '../part.ts';
import { box, discrete } from '../spaces.ts';
import { Task } from '../task.ts';
import { ringText, showBit } from '../worlds/bit-ring.ts';
import { gammas, oneHot } from '../worlds/hordes.ts';
import { valueFloors } from '../worlds/policy-values.ts';

const options = z.strictObject({
  states: count(6, 2, 1_000_000, 'number of states n'),
  discount: z.number().min(0).max(0.999).default(0).describe('gamma of the question, in value() and the floors'),
});

/** The sets of questions that `oracle` answers. */
export type CycleHorde = 'onestep' | 'chain' | 'gamma-chain' | 'gammas-term' | 'gammas';

export class CycleWorld extends Task {
  override readonly metadata: EnvMetadata;
  readonly observationSpace = box(0, 1, [2]);
  readonly actionSpace = discrete(1);
  private readonly values: Float64Array; // [states]
  private state = 0;

  constructor({ states, discount }: z.output<typeof options>) {
    super();
    const round = 1 - discount ** states;
    this.values = Float64Array.from({ length: states }, (_, s) => discount ** (states - 1 - s) / round);
    const floors = { ...valueFloors(this.values), target: 'return' as const };
    this.metadata = { id: 'cycle-world', cite: 'schlegel2021general', discount, floors, delay: states };
  }

  protected override begin(observation: Float64Array): void {
    this.state = 0;
    showBit(observation, this.state);
  }

  protected override advance(action: number, out: StepResult): void {
    if (action !== 0) throw illegalAction(this.metadata.id, action, this.actionSpace);
    this.state = (this.state + 1) % this.values.length;
    showBit(out.observation, this.state);
    out.reward = out.observation[0]!;
  }

  override value(): number {
    return this.values[this.state]!;
  }

  /** The true answers of a set of questions in the present state. */
  oracle(horde: CycleHorde): Float64Array {
    const states = this.values.length;
    const wait = states - this.state; // steps until the bit
    if (horde === 'onestep') return Float64Array.of(wait === 1 ? 1 : 0);
    if (horde === 'chain') return oneHot(states, wait - 1);
    if (horde === 'gamma-chain') return withLast(oneHot(states + 1, wait - 1), 0.9 ** (wait - 1));
    if (horde === 'gammas-term') return gammas.map((gamma) => gamma ** (wait - 1));
    if (horde === 'gammas') return gammas.map((gamma) => gamma ** (wait - 1) / (1 - gamma ** states));
    throw new EnvError(
      `Cannot answer horde "${String(horde)}" of cycle-world: known are onestep, chain, gamma-chain, gammas-term, gammas`,
    );
  }

  override render(): string {
    return ringText(this.values.length, this.state);
  }

  protected override saveNumbers(): number[] {
    return [this.state];
  }

  protected override loadNumbers([state]: readonly number[]): void {
    this.state = state!;
  }
}

function withLast(values: Float64Array, last: number): Float64Array {
  values[values.length - 1] = last;
  return values;
}

export default defineEnv({
  cite: 'schlegel2021general',
  summary: 'n states in a ring, one of them visible: predict when it comes round',
  options,
  create: (chosen) => new CycleWorld(chosen),
});
