/** What a head that chooses actions adds to a Head (types.ts); src/learning/control.ts says when each is called. */
import type { Rng } from '@rl-tools/envs';

/** A function of phi_t and of the head's weights. */
export interface Slope {
  gradient(dPhi: Float64Array): void; // dPhi = df/dphi
  weightGradient(phi: Float64Array, out: Float64Array): void; // ADDS df/dw to out
}

export interface Control {
  readonly actions: number; // a = 0 .. actions - 1
  /** a_t, for the phi that predict has just seen. `time`: steps taken before [1]. */
  choose(rng: Rng, time: Float64Array): number;
  // Of the latest choice:
  readonly bootstrap: Float64Array; // [1] what s_t is worth to delta_t
  readonly value: Float64Array; // [1] what delta_{t+1} is the error of
  readonly carry: Float64Array; // [1] share of the older eligibility that outlives it
  readonly score: Slope; // U_t, whose gradient enters z
  readonly bonus?: Slope; // what enters z too, times the sign of delta_{t+1}
}

/** What a head is told of an environment's actions. */
export interface ActionsKnown {
  readonly count: number | null; // null: they cannot be counted
  readonly space: string; // in words
}
