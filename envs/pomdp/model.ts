/** A finite partially observable decision process; tables are flat, the last index runs fastest. */
export interface Pomdp {
  /** gamma, in [0, 1]. */
  readonly discount: number;
  readonly states: readonly string[]; // S names
  readonly actions: readonly string[]; // A
  readonly observations: readonly string[]; // Z
  readonly start: Float64Array; // [S]
  readonly transition: Float64Array; // [A x S x S] from s to s'
  readonly observation: Float64Array; // [A x S x Z] of s', after action a
  /** Reward of action a in s that led to s' and showed o; costs are negative rewards. */
  reward(a: number, s: number, next: number, o: number): number;
}

/** Can never be left, and pays nothing: where an episode may end. */
export function isAbsorbing(model: Pomdp, s: number): boolean {
  const { actions, states, observations } = model;
  return actions.every((_, a) => {
    if (model.transition[(a * states.length + s) * states.length + s] !== 1) return false;
    const laws = model.observation.subarray((a * states.length + s) * observations.length);
    return observations.every((_, o) => laws[o] === 0 || model.reward(a, s, s, o) === 0);
  });
}

/** Whether what a state shows is the same after every action, so that it can be seen before the first. */
export function showsAlways(model: Pomdp, s: number): boolean {
  const { actions, states, observations } = model;
  const at = (a: number): number => (a * states.length + s) * observations.length;
  return actions.every((_, a) =>
    observations.every((_, o) => model.observation[at(a) + o] === model.observation[s * observations.length + o]),
  );
}
