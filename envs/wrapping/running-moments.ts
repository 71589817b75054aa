import { checkState, isNumbers } from './checks.ts';

interface Saved {
  readonly count: number;
  readonly mean: readonly number[];
  readonly variance: readonly number[];
}

const isPositive = (value: unknown): boolean => Number.isFinite(value) && (value as number) > 0;

/** Gymnasium's RunningMeanStd, one value at a time: mean and variance that start from 0, 1 and a count of 1e-4. */
export class RunningMoments {
  readonly mean: Float64Array; // [size]
  readonly variance: Float64Array; // [size]
  private readonly counted = Float64Array.of(1e-4); // as a field it would be boxed
  /** The original keeps its first variances, and with them the first count, as float32. */
  private readonly firstWeight: number;

  constructor(size: number, firstWeight = 1e-4) {
    this.mean = new Float64Array(size);
    this.variance = new Float64Array(size).fill(1);
    this.firstWeight = firstWeight;
  }

  update(values: Float64Array): void {
    const { mean, variance, counted } = this;
    for (let i = 0; i < mean.length; i++) {
      const count = counted[0]!; // read where it is used: kept over the loop, it would be boxed
      const total = count + 1;
      const delta = values[i]! - mean[i]!;
      const kept = count === 1e-4 ? this.firstWeight : variance[i]! * count;
      mean[i] = mean[i]! + delta / total;
      variance[i] = (kept + (delta * delta * count) / total) / total;
    }
    counted[0]! += 1;
  }

  save(): unknown {
    return { count: this.counted[0]!, mean: [...this.mean], variance: [...this.variance] };
  }

  load(saved: unknown): void {
    const { length } = this.mean;
    const isRow = (value: unknown): boolean => isNumbers(value, length);
    const { count, mean, variance } = checkState<Saved>(saved, { count: isPositive, mean: isRow, variance: isRow });
    this.counted[0] = count;
    this.mean.set(mean);
    this.variance.set(variance);
  }
}
