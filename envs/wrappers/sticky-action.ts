/**
 * Gymnasium's StickyAction: with probability `repeatActionProbability` the action before is taken again, in place of the
 * one given; then for `repeatActionDuration` steps in all, or a number of steps drawn from [least, most]. Nothing sticks
 * at the first step of an episode, and nothing is drawn there nor while an action sticks.
 */
import { ActionWrapper } from '../action-wrapper.ts';
import type { ResetOptions } from '../env.ts';
import { InvalidBound, InvalidProbability } from '../gymnasium-errors.ts';
import { describe } from '../guard.ts';
import type { AnyEnv } from '../part.ts';
import type { AnyAction } from '../wrapper.ts';
import { checkInteger, checkOptions, checkState, isBoolean, isCount, isNumbers } from '../wrapping/checks.ts';
import { ChildStream } from '../wrapping/child-stream.ts';

export interface StickyActionOptions {
  readonly repeatActionProbability: number;
  readonly repeatActionDuration?: number | readonly [least: number, most: number];
}

interface Saved {
  readonly stream: unknown;
  readonly last: readonly number[];
  readonly hasLast: boolean;
  readonly left: number;
}

export class StickyAction extends ActionWrapper {
  static override readonly entryPoint = 'StickyAction';
  private readonly p: number;
  private readonly durations: readonly [number, number];
  private readonly stream: ChildStream;
  private readonly last: Float64Array; // flat; of a Box also the action itself
  private number = 0; // of a Discrete space, the last action
  private hasLast = false;
  private left = 0; // steps for which the action still sticks

  constructor(env: AnyEnv, options: StickyActionOptions) {
    checkOptions('StickyAction', options, ['repeatActionProbability', 'repeatActionDuration']);
    super(env, options);
    const { repeatActionProbability: p, repeatActionDuration: duration = 1 } = options;
    if (!(typeof p === 'number' && p >= 0 && p < 1))
      throw new InvalidProbability(`Cannot repeat actions: the probability must lie in [0, 1), got ${describe(p)}`);
    this.p = p;
    if (typeof duration !== 'number' && !Array.isArray(duration)) {
      throw new InvalidBound(
        `Cannot repeat actions: repeatActionDuration must be a number or [least, most], got ${describe(duration)}`,
      );
    }
    this.durations = typeof duration === 'number' ? [duration, duration] : duration;
    for (const n of this.durations) checkInteger('repeat actions', 'repeatActionDuration', n, 1);
    if (this.durations.length !== 2 || this.durations[0] > this.durations[1]) {
      throw new InvalidBound(
        `Cannot repeat actions: repeatActionDuration must be [least, most], got [${this.durations.join(', ')}]`,
      );
    }
    this.stream = new ChildStream('sticky-action', StickyAction, env);
    this.last = new Float64Array(env.actionSpace.size);
  }

  protected override opening(options?: ResetOptions): void {
    this.stream.begin(options);
    this.hasLast = false;
    this.left = 0;
  }

  protected override action(action: AnyAction): AnyAction {
    const { rng } = this.stream;
    if (this.left === 0 && this.hasLast && rng.uniform() < this.p)
      this.left = rng.integer(this.durations[0], this.durations[1]);
    if (this.left > 0) {
      this.left--;
      return this.again();
    }
    this.actionSpace.flatten(action, this.last);
    if (typeof action === 'number') this.number = action;
    this.hasLast = true;
    return action;
  }

  /** The last action; numbers and vectors cost no memory. */
  private again(): AnyAction {
    const { kind } = this.actionSpace;
    if (kind === 'box') return this.last;
    return kind === 'discrete' ? this.number : this.actionSpace.unflatten(this.last);
  }

  protected override saveState(): unknown {
    return { stream: this.stream.save(), last: [...this.last], hasLast: this.hasLast, left: this.left };
  }

  protected override loadState(state: unknown): void {
    const { stream, last, hasLast, left } = checkState<Saved>(state, {
      stream: Boolean,
      last: (value) => isNumbers(value, this.last.length),
      hasLast: isBoolean,
      left: isCount,
    });
    const isDiscrete = this.actionSpace.kind === 'discrete';
    const number = hasLast && isDiscrete ? (this.actionSpace.unflatten(last) as number) : 0;
    this.stream.load(stream);
    this.last.set(last);
    Object.assign(this, { hasLast, left, number });
  }
}
