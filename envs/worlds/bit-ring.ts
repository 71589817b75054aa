/** States 0 .. n - 1 in a ring, of which one bit is seen: whether the state is 0. Cycle and ring world. */

/** Writes o, 1 - o with o = 1 in state 0. */
export function showBit(observation: Float64Array, state: number): void {
  observation[0] = state === 0 ? 1 : 0;
  observation[1] = 1 - observation[0];
}

/** The ring cut open before state 0: its place is 1, the walker a. */
export function ringText(states: number, state: number): string {
  return Array.from({ length: states }, (_, s) => (s === state ? 'a' : s === 0 ? '1' : '.')).join('');
}
