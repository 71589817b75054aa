/**
 * Patterning (Rafiee et al.): a pattern of cues announces the US, or does not. trace-patterning and noisy-patterning
 * are two settings of it.
 *
 * Observation [1 + n + D]: US, CS_1 .. CS_n, d_1 .. d_D. Reward: the US bit of the returned observation. No end.
 * `patterns` of the floor(n/2)-of-n patterns activate. On each trial the cues show, with the probability that makes
 * activating ones half of all, an activating pattern, else n fair bits. ISI steps after the cue onset comes the US:
 * with probability 1 - noise after an activating pattern, noise after any other. The next cue comes ITI steps after the
 * US onset. Distractors are fair bits that come on together with the cues.
 *
 * Draws. Per stream: the activating patterns (choose). Per trial: activating or fair (uniform); which of them (integer) or the
 * n bits; ISI; noise (uniform); the D distractor bits; ITI. None in between.
 */
import type { EnvMetadata, StepResult } from '../env.ts';
import { illegalAction } from '../illegal-action.ts';
import { box, discrete } from '../spaces.ts';
import type { Box } from '../spaces.ts';
import { Task } from '../task.ts';
import { isiDiscount } from './discount.ts';
import { trialMetadata } from './metadata.ts';
import { mean } from './options.ts';
import type { Range } from './options.ts';
import { drawFairPattern, drawHalfPatterns, isCueOn } from './patterns.ts';
import type { Pattern } from './patterns.ts';
import { loadStimuli, saveStimuli, Stimuli } from './stimuli.ts';

export interface PatterningOptions {
  readonly isi: Range;
  readonly iti: Range;
  readonly cues: number; // n
  readonly patterns: number; // m
  readonly distractors: number; // D
  readonly csLength: number;
  readonly usLength: number;
  readonly distractorLength: number;
  readonly noise: number;
}

export class Patterning extends Task {
  override readonly metadata: EnvMetadata;
  readonly observationSpace: Box;
  readonly actionSpace = discrete(1);
  private readonly options: PatterningOptions;
  private readonly shownOutright: number; // probability of drawing an activating pattern on purpose
  private readonly us: Stimuli;
  private readonly cues: Stimuli;
  private readonly distractors: Stimuli;
  private readonly banks: readonly Stimuli[];
  private activating: Pattern[];
  private readonly drawn = new Float64Array(1); // a fraction, off the heap
  private time = 0;
  private nextTrial = 0;

  constructor(id: string, options: PatterningOptions) {
    super();
    const { cues, patterns, distractors } = options;
    this.options = options;
    this.metadata = trialMetadata(id, 'rafiee2023eyeblinks', trialsOf(options));
    this.observationSpace = box(0, 1, [1 + cues + distractors]);
    // Fair bits show an activating pattern too, with probability m / 2^n; this makes it 1/2 in all.
    this.shownOutright = (2 ** cues / 2 - patterns) / (2 ** cues - patterns);
    this.us = new Stimuli(1, options.usLength);
    this.cues = new Stimuli(cues, options.csLength);
    this.distractors = new Stimuli(distractors, options.distractorLength);
    this.banks = [this.us, this.cues, this.distractors];
    this.activating = new Array<Pattern>(patterns).fill(0);
  }

  protected override seeded(): void {
    this.activating = drawHalfPatterns(this.options.cues, this.options.patterns, this.rng);
  }

  protected override begin(observation: Float64Array): void {
    for (const bank of this.banks) bank.clear();
    this.time = 0;
    this.startTrial();
    this.tick(observation);
  }

  protected override advance(action: number, out: StepResult): void {
    if (action !== 0) throw illegalAction(this.metadata.id, action, this.actionSpace);
    this.time++;
    if (this.time === this.nextTrial) this.startTrial();
    this.tick(out.observation);
    out.reward = out.observation[0]!;
  }

  private startTrial(): void {
    const { isi, iti, noise } = this.options;
    const pattern = this.drawPattern();
    planPattern(this.cues, pattern, this.time);
    const interval = this.rng.integer(isi[0], isi[1]);
    this.rng.fill(this.drawn);
    const u = this.drawn[0]!;
    if (this.activating.includes(pattern) ? u > noise : u < noise) this.us.plan(0, this.time + interval);
    planPattern(this.distractors, drawFairPattern(this.distractors.count, this.rng), this.time);
    this.nextTrial = this.time + interval + this.rng.integer(iti[0], iti[1]);
  }

  private drawPattern(): Pattern {
    this.rng.fill(this.drawn);
    if (this.drawn[0]! >= this.shownOutright) return drawFairPattern(this.options.cues, this.rng);
    return this.activating[this.rng.integer(0, this.activating.length - 1)]!;
  }

  private tick(observation: Float64Array): void {
    this.us.tick(this.time, observation, 0);
    this.cues.tick(this.time, observation, 1);
    this.distractors.tick(this.time, observation, 1 + this.cues.count);
  }

  protected override saveNumbers(): number[] {
    return [this.time, this.nextTrial, ...this.activating, ...saveStimuli(this.banks)];
  }

  protected override loadNumbers(numbers: readonly number[]): void {
    const patterns = this.options.patterns;
    [this.time, this.nextTrial] = numbers as [number, number];
    this.activating = numbers.slice(2, 2 + patterns);
    loadStimuli(this.banks, numbers.slice(2 + patterns));
  }
}

function planPattern(stimuli: Stimuli, pattern: Pattern, time: number): void {
  for (let i = 0; i < stimuli.count; i++) if (isCueOn(pattern, i)) stimuli.plan(i, time);
}

function trialsOf({ isi, iti, csLength, usLength, noise }: PatterningOptions) {
  const classes = [
    { probability: 0.5, us: 1 - noise },
    { probability: 0.5, us: noise },
  ];
  return { isi, iti, csLength, usLength, discount: isiDiscount(mean(isi)), classes, target: 'return' as const };
}
