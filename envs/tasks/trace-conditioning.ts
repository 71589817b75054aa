/**
 * Trace conditioning (Rafiee et al. 2023, arXiv 2011.04590): predict the US from a cue that is gone before it comes.
 *
 * Observation [2 + D]: US, CS, d_1 .. d_D. Reward: the US bit of the returned observation. One action (wait). No end.
 * The US comes on ISI steps after the CS, the next CS ITI steps after the US (onset to onset). Distractor i comes on
 * by itself, with probability 1 / (10 i) at every step at which it is off.
 *
 * Draws. Per trial: ISI, ITI. Then per step: one uniform per distractor that is off, in order.
 * Discount: the published table, else 1 - 1/ISI. Floors: exact, for the continuing return (conditioning/floors.ts).
 */
import { z } from 'zod';
import { isiDiscount } from '../conditioning/discount.ts';
import { planDistractors } from '../conditioning/distractors.ts';
import { trialMetadata } from '../conditioning/metadata.ts';
import { count, mean, range } from '../conditioning/options.ts';
import { loadStimuli, saveStimuli, Stimuli } from '../conditioning/stimuli.ts';
import type { EnvMetadata, StepResult } from '../env.ts';
import { illegalAction } from '../illegal-action.ts';
import { defineEnv } from '../part.ts';
import { box, discrete } from '../spaces.ts';
import type { Box } from '../spaces.ts';
import { Task } from '../task.ts';

const options = z.strictObject({
  isi: range(7, 13, 'steps from CS onset to US onset, [lowest, highest]; the paper: ISI -/+ floor(ISI / 3)'),
  iti: range(80, 120, 'steps from US onset to the next CS onset, [lowest, highest]'),
  distractors: count(10, 0, 1000, 'number of distractors that come on by themselves'),
  csLength: count(4, 1, 1000, 'steps that the CS stays on'),
  usLength: count(2, 1, 1000, 'steps that the US stays on'),
  distractorLength: count(4, 1, 1000, 'steps that a distractor stays on'),
});
type Options = z.output<typeof options>;

class TraceConditioning extends Task {
  override readonly metadata: EnvMetadata;
  readonly observationSpace: Box;
  readonly actionSpace = discrete(1);
  private readonly options: Options;
  private readonly us: Stimuli;
  private readonly cs: Stimuli;
  private readonly distractors: Stimuli;
  private readonly banks: readonly Stimuli[];
  private time = 0;
  private nextTrial = 0;

  constructor(options: Options) {
    super();
    const { isi, iti, csLength, usLength } = options;
    const discount = isiDiscount(mean(isi));
    const classes = [{ probability: 1, us: 1 }];
    const trials = { isi, iti, csLength, usLength, discount, classes, target: 'return' as const };
    this.options = options;
    this.metadata = trialMetadata('trace-conditioning', 'rafiee2023eyeblinks', trials);
    this.observationSpace = box(0, 1, [2 + options.distractors]);
    this.us = new Stimuli(1, usLength);
    this.cs = new Stimuli(1, csLength);
    this.distractors = new Stimuli(options.distractors, options.distractorLength);
    this.banks = [this.us, this.cs, this.distractors];
  }

  protected override begin(observation: Float64Array): void {
    for (const bank of this.banks) bank.clear();
    this.time = 0;
    this.nextTrial = 0;
    this.tick(observation);
  }

  protected override advance(action: number, out: StepResult): void {
    if (action !== 0) throw illegalAction(this.metadata.id, action, this.actionSpace);
    this.time++;
    this.tick(out.observation);
    out.reward = out.observation[0]!;
  }

  private tick(observation: Float64Array): void {
    if (this.time === this.nextTrial) this.startTrial();
    planDistractors(this.distractors, this.time, this.rng);
    this.us.tick(this.time, observation, 0);
    this.cs.tick(this.time, observation, 1);
    this.distractors.tick(this.time, observation, 2);
  }

  private startTrial(): void {
    const { isi, iti } = this.options;
    const usOnset = this.time + this.rng.integer(isi[0], isi[1]);
    this.cs.plan(0, this.time);
    this.us.plan(0, usOnset);
    this.nextTrial = usOnset + this.rng.integer(iti[0], iti[1]);
  }

  protected override saveNumbers(): number[] {
    return [this.time, this.nextTrial, ...saveStimuli(this.banks)];
  }

  protected override loadNumbers(numbers: readonly number[]): void {
    [this.time, this.nextTrial] = numbers as [number, number];
    loadStimuli(this.banks, numbers.slice(2));
  }
}

export default defineEnv({
  cite: 'rafiee2023eyeblinks',
  summary: 'a cue, a gap, then the US: predict it across the gap, among distractors',
  options,
  create: (chosen) => new TraceConditioning(chosen),
});
