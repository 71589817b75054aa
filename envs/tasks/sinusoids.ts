/**
 * Multiple superimposed oscillators (MSO; Wierstra, Gomez & Schmidhuber 2005): a sum of incommensurable sinusoids.
 *
 * Observation [1]: s_t = sum_i sin(f_i t + phase_i), t = 0, 1, .. Target: s_(t + horizon). Convention (reward, value,
 * discount 0): streams/supervised.ts. No end. The usual sets are prefixes of .2, .311, .42, .51, .63, .74, .85, .97;
 * the default is the first four (MSO4), all phases 0: nothing is random. With `phases: 'random'` every phase is uniform
 * in [0, 2 pi), drawn at reset in order.
 * Floors of the target, with different frequencies: zero and constant: half the number of sinusoids; ideal 0.
 */
import { z } from 'zod';
import { count } from '../conditioning/options.ts';
import type { EnvMetadata } from '../env.ts';
import { defineEnv } from '../part.ts';
import { Forecast } from '../streams/forecast.ts';

const options = z.strictObject({
  frequencies: z
    .array(z.number().gt(0).lt(Math.PI))
    .min(1)
    .max(1000)
    .refine((all) => new Set(all).size === all.length, 'must differ')
    .default([0.2, 0.311, 0.42, 0.51])
    .describe('radians per step of every sinusoid'),
  phases: z.enum(['zero', 'random']).default('zero').describe('phases at t = 0'),
  horizon: count(1, 1, 1000, 'how many steps ahead the target lies'),
});
type Options = z.output<typeof options>;

class Sinusoids extends Forecast {
  override readonly metadata: EnvMetadata;
  private readonly options: Options;
  private readonly phases: Float64Array;
  private time = 0;

  constructor(options: Options) {
    super(options.horizon);
    const zero = options.frequencies.length / 2;
    const floors = { zero, constant: zero, timing: null, ideal: 0, target: 'value' as const };
    this.metadata = { id: 'sinusoids', cite: 'wierstra2005modeling', discount: 0, floors };
    this.options = options;
    this.phases = new Float64Array(options.frequencies.length);
  }

  protected override open(): void {
    this.time = 0;
    if (this.options.phases === 'zero') return;
    for (let i = 0; i < this.phases.length; i++) this.phases[i] = 2 * Math.PI * this.rng.uniform();
  }

  protected override sample(): void {
    const { frequencies } = this.options;
    let sum = 0;
    for (let i = 0; i < frequencies.length; i++) sum += Math.sin(frequencies[i]! * this.time + this.phases[i]!);
    this.time++;
    this.observed = this.wanted = sum;
  }

  protected override saveSeries(): number[] {
    return [this.time, ...this.phases];
  }

  protected override loadSeries([time, ...phases]: readonly number[]): void {
    this.time = time!;
    this.phases.set(phases);
  }
}

export default defineEnv({
  cite: 'wierstra2005modeling',
  summary: 'forecast a sum of sinusoids whose periods have no common multiple (MSO)',
  options,
  create: (chosen) => new Sinusoids(chosen),
});
