/**
 * Gymnasium's DiscretizeObservation: each entry of a bounded Box falls into one of `bins` equal bins. The answer is one
 * integer, row-major over the entries (Discrete), or with `multidiscrete` one per entry. The upper bound itself counts
 * to the last bin: values are cut at high - 1e-8.
 */
import { EnvError } from '../errors.ts';
import { ObservationWrapper } from '../observation-wrapper.ts';
import type { AnyEnv } from '../part.ts';
import { type Box, discrete, multiDiscrete } from '../spaces.ts';
import { checkInteger, checkOptions, demandBox, perEntry } from '../wrapping/checks.ts';

export interface DiscretizeOptions {
  /** One number, or one per entry. */
  readonly bins: number | readonly number[];
  readonly multidiscrete?: boolean;
}

export class DiscretizeObservation extends ObservationWrapper {
  static override readonly entryPoint = 'DiscretizeObservation';
  private readonly given: Box;
  private readonly bins: Float64Array;
  private readonly isSplit: boolean;

  constructor(env: AnyEnv, options: DiscretizeOptions) {
    checkOptions('DiscretizeObservation', options, ['bins', 'multidiscrete']);
    const act = 'discretise observations';
    const given = demandBox(act, env.observationSpace);
    const bins = perEntry(act, 'bins', options.bins, given.size);
    for (const n of bins) checkInteger(act, 'bins', n, 1);
    if (!given.isBounded('both')) throw new EnvError(`Cannot ${act}: ${given} has no bounds`);
    super(env, options, options.multidiscrete ? multiDiscrete([...bins]) : discrete(bins.reduce((n, b) => n * b, 1)));
    this.given = given;
    this.bins = bins;
    this.isSplit = options.multidiscrete ?? false;
  }

  protected override observe(from: Float64Array, into: Float64Array): void {
    into.fill(0);
    let index = 0;
    let start = 0;
    for (let i = 0; i < from.length; i++) {
      const bin = this.binOf(i, from);
      index = index * this.bins[i]! + bin;
      if (this.isSplit) into[start + bin] = 1;
      start += this.bins[i]!;
    }
    if (!this.isSplit) into[index] = 1;
  }

  /** How many of the inner edges, numpy's linspace, the value has reached. */
  private binOf(i: number, from: Float64Array): number {
    const low = this.given.low[i]!;
    const high = this.given.high[i]!;
    const bins = this.bins[i]!;
    const cut = Math.min(high - 1e-8, Math.max(low, from[i]!));
    const step = (high - low) / bins;
    let bin = 0;
    while (bin < bins - 1 && (bin + 1) * step + low <= cut) bin++;
    return bin;
  }
}
