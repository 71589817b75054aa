/**
 * Multi-armed bandit (POPGym 1.0.7; Morad et al. 2023): new bandits in every episode; find the best one and stay.
 *
 * Actions: K, an arm. Arm a pays with probability p_a, uniform in [0, 1) and fixed for the episode. Observation [2],
 * one-hot: no pay, pay; reset shows no pay. Reward: 1 / T if it pays, else -1 / T (the original's text says 0).
 * Truncated after T steps. The observation does not say which arm it belongs to: give the agent its last action.
 * Draws: at reset the p_a in single precision, K integers below 2^24 (NumPy's random(dtype=float32) is just that); at a
 * step one uniform, compared with p_a in single precision, as NumPy 2 does.
 * Published sizes (K, T): (10, 200), (20, 400), (30, 600). At random 0. Discount .99.
 */
import { z } from 'zod';
import type { EnvMetadata, StepResult } from '../env.ts';
import { LimitedTask } from '../episodes/limited-task.ts';
import { defineEnv } from '../part.ts';
import { difficulty, popgymIds, sizeOption, writeOneHot } from '../popgym/options.ts';
import { box, discrete } from '../spaces.ts';
import type { Discrete } from '../spaces.ts';

const options = z.strictObject({
  difficulty,
  arms: sizeOption(1, 100_000, 'number of arms K'),
  steps: sizeOption(1, 1_000_000, 'steps of an episode T'),
});
const published = {
  easy: { arms: 10, steps: 200 },
  medium: { arms: 20, steps: 400 },
  hard: { arms: 30, steps: 600 },
};

class MultiarmedBandit extends LimitedTask {
  override readonly metadata: EnvMetadata = {
    id: 'multiarmed-bandit',
    cite: 'morad2023popgym',
    discount: 0.99,
    floors: null,
  };
  readonly observationSpace = box(0, 1, [2]);
  readonly actionSpace: Discrete;
  private readonly horizon: number;
  private readonly pays: Float64Array; // [K] probabilities

  constructor(arms: number, steps: number) {
    super(steps);
    this.actionSpace = discrete(arms);
    this.horizon = steps;
    this.pays = new Float64Array(arms);
  }

  protected override start(observation: Float64Array): void {
    for (let a = 0; a < this.pays.length; a++) this.pays[a] = this.rng.integer(0, 2 ** 24 - 1) * 2 ** -24;
    writeOneHot(observation, 0, 2, 0);
  }

  protected override move(action: number, out: StepResult): void {
    const isPaid = Math.fround(this.rng.uniform()) < this.pays[action]!;
    out.reward = (isPaid ? 1 : -1) / this.horizon;
    writeOneHot(out.observation, 0, 2, isPaid ? 1 : 0);
  }

  protected override stateNumbers(): number[] {
    return [...this.pays];
  }

  protected override setStateNumbers(numbers: readonly number[]): void {
    this.pays.set(numbers);
  }
}

export default defineEnv({
  cite: 'morad2023popgym',
  summary: 'new bandits in every episode: find the best arm and stay with it (POPGym)',
  options,
  aliases: popgymIds('MultiarmedBandit'),
  create: ({ difficulty, arms, steps }) => {
    const size = published[difficulty];
    return new MultiarmedBandit(arms ?? size.arms, steps ?? size.steps);
  },
});
