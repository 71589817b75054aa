/**
 * Trace patterning as in the columnar-constructive networks paper (Javed, Shah, Sutton, White, JMLR 24(256), 2023).
 *
 * Observation [n + 1 + D]: CS_1 .. CS_n, US, d_1 .. d_D; every stimulus lasts one step. Reward: the US bit of the
 * returned observation. One action (wait). No end.
 * `patterns` of the C(n, floor(n/2)) half patterns are valid. A trial opens with a cue step that shows a uniform half
 * pattern; the US comes exactly ISI steps later if it was valid; ITI + 1 steps after that moment the next trial opens.
 * Distractor j is on with probability 1 / (10 j), independently at every step, the cue step included.
 *
 * Draws. Per stream: the valid patterns, half patterns until `patterns` different ones are there. Per cue step: ISI,
 * ITI, the pattern (integers until floor(n/2) cues are on). Then per step, after those: one uniform per distractor.
 *
 * value() is the paper's target for the prediction made from the latest observation, the discounted US of this trial:
 * gamma^(steps to the US - 1) while a valid trial's US is to come, else 0. Floors: exact, for that target.
 */
import { z } from 'zod';
import { distractorRate } from '../conditioning/distractors.ts';
import { trialMetadata } from '../conditioning/metadata.ts';
import { count, range } from '../conditioning/options.ts';
import { countHalfPatterns, drawHalfPattern, isCueOn } from '../conditioning/patterns.ts';
import type { Pattern } from '../conditioning/patterns.ts';
import { enoughPatterns, tooManyPatterns } from '../conditioning/pattern-options.ts';
import type { EnvMetadata, StepResult } from '../env.ts';
import { illegalAction } from '../illegal-action.ts';
import { defineEnv } from '../part.ts';
import { box, discrete } from '../spaces.ts';
import type { Box } from '../spaces.ts';
import { Task } from '../task.ts';

const options = z
  .strictObject({
    isi: range(24, 36, 'steps from the cue to the US, [lowest, highest]'),
    iti: range(80, 120, 'steps from the US to the last step of the trial, [lowest, highest]'),
    cues: count(6, 2, 16, 'number of cues n'),
    patterns: count(10, 1, 20_000, 'how many of the floor(n/2)-of-n patterns announce the US'),
    distractors: count(5, 0, 1000, 'number of distractors'),
    discount: z.number().min(0).max(1).default(0.9).describe('gamma of the question, in value() and the floors'),
  })
  .refine(enoughPatterns, tooManyPatterns);
type Options = z.output<typeof options>;

class CcnTracePatterning extends Task {
  override readonly metadata: EnvMetadata;
  readonly observationSpace: Box;
  readonly actionSpace = discrete(1);
  private readonly options: Options;
  private readonly rates: Float64Array; // [D] of the distractors
  private readonly powers: Float64Array; // gamma^n for every distance to the US: a power costs more than a step
  private validPatterns: Pattern[];
  private isValid = false;
  private untilUs = 0; // steps to the US of a valid trial; 0 or less once it is over
  private untilEnd = 0; // steps left in the trial

  constructor(options: Options) {
    super();
    this.options = options;
    this.metadata = trialMetadata('ccn-trace-patterning', 'javed2023scalable', trialsOf(options));
    this.observationSpace = box(0, 1, [options.cues + 1 + options.distractors]);
    this.rates = Float64Array.from({ length: options.distractors }, (_, j) => distractorRate(j));
    this.powers = Float64Array.from({ length: options.isi[1] }, (_, n) => options.discount ** n);
    this.validPatterns = new Array<Pattern>(options.patterns).fill(0);
  }

  protected override seeded(): void {
    const { cues, patterns } = this.options;
    const chosen = new Set<Pattern>();
    while (chosen.size < patterns) chosen.add(drawHalfPattern(cues, this.rng));
    this.validPatterns = [...chosen];
  }

  protected override begin(observation: Float64Array): void {
    this.startTrial(observation);
    this.drawDistractors(observation);
  }

  protected override advance(action: number, out: StepResult): void {
    if (action !== 0) throw illegalAction(this.metadata.id, action, this.actionSpace);
    const { observation } = out;
    if (this.untilEnd === 0) this.startTrial(observation);
    else this.continueTrial(observation);
    this.drawDistractors(observation);
    out.reward = observation[this.options.cues]!;
  }

  override value(): number {
    return this.isValid && this.untilUs > 0 ? this.powers[this.untilUs - 1]! : 0;
  }

  private startTrial(observation: Float64Array): void {
    const { isi, iti, cues } = this.options;
    this.untilUs = this.rng.integer(isi[0], isi[1]);
    this.untilEnd = this.untilUs + this.rng.integer(iti[0], iti[1]);
    const pattern = drawHalfPattern(cues, this.rng);
    this.isValid = this.validPatterns.includes(pattern);
    for (let c = 0; c < cues; c++) observation[c] = isCueOn(pattern, c) ? 1 : 0;
    observation[cues] = 0;
  }

  private continueTrial(observation: Float64Array): void {
    const { cues } = this.options;
    this.untilUs--;
    this.untilEnd--;
    for (let c = 0; c < cues; c++) observation[c] = 0;
    observation[cues] = this.isValid && this.untilUs === 0 ? 1 : 0;
  }

  private drawDistractors(observation: Float64Array): void {
    const { rates, rng } = this;
    const first = this.options.cues + 1;
    for (let j = 0; j < rates.length; j++) observation[first + j] = rng.uniform() < rates[j]! ? 1 : 0;
  }

  protected override saveNumbers(): number[] {
    return [Number(this.isValid), this.untilUs, this.untilEnd, ...this.validPatterns];
  }

  protected override loadNumbers(numbers: readonly number[]): void {
    const [isValid, untilUs, untilEnd, ...patterns] = numbers;
    this.isValid = isValid === 1;
    this.untilUs = untilUs!;
    this.untilEnd = untilEnd!;
    this.validPatterns = patterns;
  }
}

function trialsOf({ isi, iti, cues, patterns, discount }: Options) {
  const p = patterns / countHalfPatterns(cues);
  const classes = [
    { probability: p, us: 1 },
    { probability: 1 - p, us: 0 },
  ];
  // The cue takes a step of its own, so the next cue is ITI + 1 steps after the US.
  const usToCue = [iti[0] + 1, iti[1] + 1] as const;
  return { isi, iti: usToCue, csLength: 1, usLength: 1, discount, classes, target: 'value' as const };
}

export default defineEnv({
  cite: 'javed2023scalable',
  summary: 'one-step patterns of cues tell, 24 to 36 steps ahead, whether the US comes (the CCN paper)',
  options,
  create: (chosen) => new CcnTracePatterning(chosen),
});
