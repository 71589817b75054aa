/**
 * Cycle world (Schlegel et al., GVF networks, JAIR 2021): n states in a ring, only state 0 can be told from the others.
 *
 * s <- (s + 1) mod n. Observation [2]: o, 1 - o with o = 1 iff s = 0. Reward: o of the returned observation, so with
 * discount 0 the question is "is state 0 next?", which needs a memory of n - 1 steps. reset() starts in state 0; nothing
 * is random. One action (wait). No end.
 * Floors in closed form: the reward is 1 in one step of n, hence zero 1/n, constant (1/n)(1 - 1/n), ideal 0.
 */
import { z } from 'zod';
import { count } from '../conditioning/options.ts';
import type { EnvMetadata, StepResult } from '../env.ts';
import { defineEnv } from '../part.ts';
import { box, discrete } from '../spaces.ts';
import { Task } from '../task.ts';

const options = z.strictObject({ states: count(6, 2, 1_000_000, 'number of states n') });

class CycleWorld extends Task {
  override readonly metadata: EnvMetadata;
  readonly observationSpace = box(0, 1, [2]);
  readonly actionSpace = discrete(1);
  private readonly states: number;
  private state = 0;

  constructor(states: number) {
    super();
    const zero = 1 / states;
    const floors = { zero, constant: zero * (1 - zero), timing: null, ideal: 0, target: 'return' as const };
    this.metadata = { id: 'cycle-world', cite: 'schlegel2021general', discount: 0, floors, delay: states };
    this.states = states;
  }

  protected override begin(observation: Float64Array): void {
    this.state = 0;
    this.observe(observation);
  }

  protected override advance(_action: number, out: StepResult): void {
    this.state = (this.state + 1) % this.states;
    this.observe(out.observation);
    out.reward = out.observation[0]!;
  }

  private observe(observation: Float64Array): void {
    observation[0] = this.state === 0 ? 1 : 0;
    observation[1] = 1 - observation[0];
  }

  protected override saveNumbers(): number[] {
    return [this.state];
  }

  protected override loadNumbers([state]: readonly number[]): void {
    this.state = state!;
  }
}

export default defineEnv({
  cite: 'schlegel2021general',
  summary: 'n states in a ring, one of them visible: predict when it comes round',
  options,
  create: ({ states }) => new CycleWorld(states),
});
