/**
 * Mackey-Glass series (Mackey & Glass 1977): dx/dt = a x(t - tau) / (1 + x(t - tau)^n) - b x.
 *
 * Observation [1]: x_t. Target: x_(t + horizon). Convention (reward, value, discount 0): streams/supervised.ts. No end.
 * One Runge-Kutta step of size h = 1 / substeps at a time, with the delayed value held constant in it, as reservoirpy
 * did up to 0.3.11 (0.4.2 takes the later slopes a whole step ahead and leaves h out of the delay term); every
 * `substeps`-th value is a sample. substeps = 1 is reservoirpy's default and most of the reservoir
 * literature; 10 is the finer series of it. The delay is floor(tau / h) steps, the series starts at x0 = 1.2 and its
 * history is x0 + 0.2 (u - 1/2), one uniform u for every step of it, drawn at reset (under the numpy generator this is
 * reservoirpy's series of the same seed). tau = 17 is mildly chaotic, 30 harder; tau = 0 is the equation without delay
 * term, as in reservoirpy. GVF networks forecast 12 steps ahead.
 * Mean and variance of the default series: about 0.928 and 0.0521 (the scale of NRMSE); no floors are given.
 */
import { z } from 'zod';
import { count } from '../conditioning/options.ts';
import type { EnvMetadata } from '../env.ts';
import { defineEnv } from '../part.ts';
import { Forecast } from '../streams/forecast.ts';

const options = z.strictObject({
  tau: z.number().min(0).max(1000).default(17).describe('delay'),
  horizon: count(1, 1, 1000, 'how many samples ahead the target lies'),
  substeps: count(1, 1, 1000, 'integration steps per sample: h = 1 / substeps'),
  a: z.number().default(0.2).describe('a of the equation'),
  b: z.number().default(0.1).describe('b of the equation'),
  n: z.number().default(10).describe('exponent of the equation'),
  start: z.number().default(1.2).describe('x0'),
});
type Options = z.output<typeof options>;

class MackeyGlass extends Forecast {
  override readonly metadata: EnvMetadata = {
    id: 'mackey-glass',
    cite: 'mackey1977oscillation',
    discount: 0,
    floors: null,
  };
  private readonly options: Options;
  private readonly past: Float64Array; // the last tau / h values, a ring
  private oldest = 0;
  private x = 0;

  constructor(options: Options) {
    super(options.horizon);
    this.options = options;
    this.past = new Float64Array(Math.floor(options.tau * options.substeps));
  }

  protected override open(): void {
    const { start } = this.options;
    for (let i = 0; i < this.past.length; i++) this.past[i] = start + 0.2 * (this.rng.uniform() - 0.5);
    this.oldest = 0;
    this.x = start;
  }

  protected override sample(): void {
    this.observed = this.wanted = this.x;
    for (let i = 0; i < this.options.substeps; i++) this.integrate();
  }

  private integrate(): void {
    const { a, b, n, substeps } = this.options;
    const hasDelay = this.past.length > 0;
    const delayed = hasDelay ? this.past[this.oldest]! : 0;
    const rise = (a * delayed) / (1 + delayed ** n);
    const h = 1 / substeps;
    const k1 = h * (rise - b * this.x);
    const k2 = h * (rise - b * (this.x + 0.5 * k1));
    const k3 = h * (rise - b * (this.x + 0.5 * k2));
    const k4 = h * (rise - b * (this.x + k3));
    if (hasDelay) {
      this.past[this.oldest] = this.x;
      this.oldest = (this.oldest + 1) % this.past.length;
    }
    this.x = this.x + k1 / 6 + k2 / 3 + k3 / 3 + k4 / 6;
  }

  protected override saveSeries(): number[] {
    return [this.oldest, this.x, ...this.past];
  }

  protected override loadSeries([oldest, x, ...past]: readonly number[]): void {
    this.oldest = oldest!;
    this.x = x!;
    this.past.set(past);
  }
}

export default defineEnv({
  cite: 'mackey1977oscillation',
  summary: 'forecast the Mackey-Glass delay equation, one number at a time',
  options,
  create: (chosen) => new MackeyGlass(chosen),
});
