import type { Stateful } from '../../src/types.ts';

/** A copy of one array, or of all of them. */
export function get(state: Stateful, name: string): number[] {
  const values = new Float64Array(state.arrays[name]!);
  state.read(name, values);
  return [...values];
}

export function snapshot(state: Stateful): Record<string, number[]> {
  return Object.fromEntries(Object.keys(state.arrays).map((name) => [name, get(state, name)]));
}

/** Every array of one into the other, first those that the length of others follows from. */
export function carry(from: Stateful, to: Stateful): void {
  const { shape = [] } = from;
  const all = Object.entries(from.arrays);
  const rest = all.filter(([name]) => !shape.includes(name));
  for (const [name, length] of [...all.filter(([name]) => shape.includes(name)), ...rest]) {
    const values = new Float64Array(length);
    from.read(name, values);
    to.write(name, values);
  }
}

/** What was learned: not the state of the lane, the learner's clock or its last prediction. */
export function learned(state: Stateful): Record<string, number[]> {
  const passing = ['lane.', 'learner.'];
  return Object.fromEntries(
    Object.entries(snapshot(state)).filter(([name]) => !passing.some((prefix) => name.startsWith(prefix))),
  );
}
