import { Env } from '../env.ts';
import type { EnvMetadata, Info, StepTuple } from '../env.ts';
import { EnvError } from '../errors.ts';
import { box, discrete } from '../spaces.ts';

/**
 * A tiny deterministic environment, stated again in Python in golden/make_wrappers.py. At step t of an episode the
 * observation is [(7 t mod 11) / 8 - 0.5, t / 4], the reward (5 t mod 7) / 2 - 1 + action, info { t },
 * and { odd: true, half: [t / 2, t] } at odd t; episodes end, by termination, after 4, 6, 3, 4, 6, 3, ... steps.
 */
export class Pulse extends Env<Float64Array, number> {
  override readonly metadata: EnvMetadata = { id: 'pulse', cite: null, discount: 0.9, floors: null };
  readonly observationSpace = box([-0.5, 0], [0.75, 1.5]);
  readonly actionSpace = discrete(3);
  t = 0;
  episode: number;

  constructor(first = 0) {
    super();
    this.episode = first - 1;
  }

  reset(): [Float64Array, Info] {
    this.t = 0;
    this.episode++;
    return [this.observe(), { t: 0 }];
  }

  step(action: number): StepTuple<Float64Array> {
    if (action === -1) throw new EnvError('pulse was told to fail');
    this.t++;
    const terminated = this.t >= [4, 6, 3][this.episode % 3]!;
    return [this.observe(), ((5 * this.t) % 7) / 2 - 1 + action, terminated, false, this.info()];
  }

  private info(): Info {
    const { t } = this;
    return t % 2 === 1 ? { t, odd: true, half: Float64Array.of(t / 2, t) } : { t };
  }

  private observe(): Float64Array {
    return Float64Array.of(((7 * this.t) % 11) / 8 - 0.5, this.t / 4);
  }

  override value(): number {
    return this.t;
  }

  override render(): string {
    return `t=${this.t}`;
  }

  override save(): unknown {
    return { t: this.t, episode: this.episode };
  }

  override load(saved: unknown): void {
    Object.assign(this, saved);
  }
}
