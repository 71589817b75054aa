import type { ResetOptions } from '../env.ts';
import { EnvError } from '../errors.ts';
import { describe } from '../guard.ts';
import type { AnyEnv } from '../part.ts';
import { createRng, type Rng } from '../rng.ts';
import { Wrapper } from '../wrapper.ts';

/**
 * A wrapper's own random numbers: a child of the environment's seed by name, so that wrapping shifts nothing inside.
 * Two wrappers of a kind, one inside the other, draw different numbers; those of other kinds make no difference.
 */
export class ChildStream {
  rng: Rng;
  private readonly name: string;

  constructor(name: string, kind: abstract new (...args: never) => Wrapper, env: AnyEnv) {
    this.name = `${name}/${countInside(kind, env)}`;
    this.rng = createRng(`0/${this.name}`);
  }

  /** To be called at each reset: a seed starts the stream anew. */
  begin(options?: ResetOptions): void {
    if ((options?.seed ?? null) !== null) this.rng = createRng(`${options!.seed}/${this.name}`);
  }

  save(): unknown {
    return this.rng.save();
  }

  load(saved: unknown): void {
    this.rng.restore(saved); // which checks it
  }
}

function countInside(kind: abstract new (...args: never) => Wrapper, env: AnyEnv): number {
  if (!(env instanceof Wrapper)) return 0;
  return countInside(kind, env.env) + (env instanceof kind ? 1 : 0);
}

/** Gymnasium's and POPGym's probabilities: in [0, 1], or [0, 1) where 1 would never end. */
export function checkProbability(act: string, p: unknown, below1 = false): number {
  if (typeof p === 'number' && p >= 0 && (below1 ? p < 1 : p <= 1)) return p;
  throw new EnvError(`Cannot ${act}: the probability must lie in [0, 1${below1 ? ')' : ']'}, got ${describe(p)}`);
}
