/**
 * Lorenz system (Lorenz 1963): dx/dt = sigma (y - x), dy/dt = x (rho - z) - y, dz/dt = x y - beta z.
 *
 * Observation [1]: one coordinate. Target: one coordinate `horizon` samples ahead; { target: 'z', horizon: 0 } asks for
 * a coordinate that is never shown. Convention (reward, value, discount 0): streams/supervised.ts. No end.
 * Fixed Runge-Kutta steps of .01, every `substeps`-th is a sample (3: reservoirpy's interval .03; it integrates with an
 * adaptive method whose default tolerance is coarse, so its numbers part from any exact ones within a few time units).
 * Starts at (1, 1, 1), plus `spread` times a uniform number in [-1/2, 1/2) per coordinate, drawn in the order x, y, z;
 * with spread 0 nothing is random and nothing is drawn. No floors.
 */
import { z } from 'zod';
import { count } from '../conditioning/options.ts';
import type { EnvMetadata } from '../env.ts';
import { defineEnv } from '../part.ts';
import { Forecast } from '../streams/forecast.ts';

const names = ['x', 'y', 'z'] as const;
const h = 0.01;

const options = z.strictObject({
  observe: z.enum(names).default('x').describe('the coordinate that is observed'),
  target: z.enum(names).default('x').describe('the coordinate that is asked for'),
  horizon: count(1, 0, 1000, 'how many samples ahead the target lies'),
  substeps: count(3, 1, 1000, 'steps of .01 per sample'),
  spread: z.number().min(0).max(10).default(0).describe('width of the random part of the starting point'),
  sigma: z.number().default(10).describe('sigma of the equations'),
  rho: z.number().default(28).describe('rho of the equations'),
  beta: z
    .number()
    .default(8 / 3)
    .describe('beta of the equations'),
});
type Options = z.output<typeof options>;

class Lorenz extends Forecast {
  override readonly metadata: EnvMetadata = {
    id: 'lorenz',
    cite: 'lorenz1963deterministic',
    discount: 0,
    floors: null,
  };
  private readonly options: Options;
  private readonly shown: number;
  private readonly asked: number;
  private readonly point = new Float64Array(3);
  private readonly trial = new Float64Array(3); // where a slope is taken
  private readonly slope = new Float64Array(3);
  private readonly sum = new Float64Array(3); // weighted slopes

  constructor(options: Options) {
    super(options.horizon);
    this.options = options;
    this.shown = names.indexOf(options.observe);
    this.asked = names.indexOf(options.target);
  }

  protected override open(): void {
    const { spread } = this.options;
    for (let i = 0; i < 3; i++) this.point[i] = spread === 0 ? 1 : 1 + spread * (this.rng.uniform() - 0.5);
  }

  protected override sample(): void {
    this.observed = this.point[this.shown]!;
    this.wanted = this.point[this.asked]!;
    for (let i = 0; i < this.options.substeps; i++) this.integrate();
  }

  /** Slopes at the point, twice half a step on, and a step on; weights 1, 2, 2, 1. */
  private integrate(): void {
    const { point, trial, slope, sum } = this;
    sum.fill(0);
    slope.fill(0);
    for (let stage = 0; stage < 4; stage++) {
      const reach = stage === 3 ? h : h / 2;
      for (let i = 0; i < 3; i++) trial[i] = point[i]! + reach * slope[i]!;
      this.differentiate();
      const weight = stage === 1 || stage === 2 ? 2 : 1;
      for (let i = 0; i < 3; i++) sum[i]! += weight * slope[i]!;
    }
    for (let i = 0; i < 3; i++) point[i]! += (h / 6) * sum[i]!;
  }

  private differentiate(): void {
    const { sigma, rho, beta } = this.options;
    const x = this.trial[0]!;
    const y = this.trial[1]!;
    const z = this.trial[2]!;
    this.slope[0] = sigma * (y - x);
    this.slope[1] = x * (rho - z) - y;
    this.slope[2] = x * y - beta * z;
  }

  protected override saveSeries(): number[] {
    return [...this.point];
  }

  protected override loadSeries(numbers: readonly number[]): void {
    this.point.set(numbers);
  }
}

export default defineEnv({
  cite: 'lorenz1963deterministic',
  summary: 'forecast one coordinate of the Lorenz system from one coordinate',
  options,
  create: (chosen) => new Lorenz(chosen),
});
