import { EnvError } from '../errors.ts';
import { box } from '../spaces.ts';
import { Supervised, wait } from './supervised.ts';

/**
 * A series, one number observed at a time, to be forecast `horizon` samples ahead. The series is made that far ahead of
 * what is shown, so that value() is exact. A task writes `open` (start of the series) and `sample` (its next number:
 * sets `observed` and `wanted`, which are the same thing in most of them).
 */
export abstract class Forecast extends Supervised {
  readonly observationSpace = box(-Infinity, Infinity, [1]);
  readonly actionSpace = wait;
  protected observed = 0;
  protected wanted = 0;
  private readonly waiting: Float64Array; // sampled, not shown yet; a ring
  private at = 0;

  constructor(horizon: number) {
    super();
    this.waiting = new Float64Array(horizon);
  }

  protected abstract open(): void;
  protected abstract sample(): void;
  protected abstract saveSeries(): number[];
  protected abstract loadSeries(numbers: readonly number[]): void;

  protected override restart(): void {
    this.open();
    this.at = 0;
    for (let i = 0; i < this.waiting.length; i++) {
      this.goOn();
      this.waiting[i] = this.observed;
    }
  }

  protected override next(observation: Float64Array): number {
    this.goOn();
    observation[0] = this.waiting.length === 0 ? this.observed : this.waiting[this.at]!;
    if (this.waiting.length > 0) this.waiting[this.at] = this.observed;
    this.at = this.at + 1 < this.waiting.length ? this.at + 1 : 0;
    return this.wanted;
  }

  /** Equations may diverge under the options that were chosen: that is no fault of the environment, and said as such. */
  private goOn(): void {
    this.sample();
    if (!Number.isFinite(this.observed) || !Number.isFinite(this.wanted)) throw this.diverged();
  }

  private diverged(): EnvError {
    const { id } = this.metadata;
    return new EnvError(
      `Cannot go on with ${id}: its series has diverged; options nearer to the defaults keep it finite`,
    );
  }

  protected override saveNumbers(): number[] {
    return [this.target, this.at, ...this.waiting, ...this.saveSeries()];
  }

  protected override loadNumbers([target, at, ...rest]: readonly number[]): void {
    this.target = target!;
    this.at = at!;
    this.waiting.set(rest.slice(0, this.waiting.length));
    this.loadSeries(rest.slice(this.waiting.length));
  }
}
