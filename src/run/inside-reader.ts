/** The numbers of a learner that are shown, whatever path it runs on: read by their names, never written. */
import { type Frame, type Influence, packSome, type SlowFrame } from './frame.ts';
import type { Inside } from './run-watch.ts';
import { stepSizeRows } from './step-size-row.ts';

export interface InsideReader {
  state(): Pick<Frame, 'state' | 'stateEvery' | 'units' | 'components'>;
  slow(step: number): SlowFrame;
}

const MOST = 1 << 20; // numbers of an array whose norm is taken

export function insideReader({ learner, parts, stepSizes }: Inside): InsideReader {
  const { units, components } = parts.cell;
  const names = Object.keys(learner.arrays);
  const stateName = names.find((name) => /(?:^|\.)lane\.state$/.test(name)); // of the first lane
  const state = new Float64Array(stateName === undefined ? 0 : learner.arrays[stateName]!);
  const estimator = stateName?.replace(/lane\.state$/, 'estimator.') ?? 'estimator.';
  const read = (name: string): Float64Array => {
    const into = new Float64Array(learner.arrays[name]!);
    learner.read(name, into);
    return into;
  };
  /** An estimator that keeps sums over all units says 0 for each. */
  const isOfUnits = (entry: Int32Array): boolean => units === 1 || entry.some((one) => one >= components);
  const rowOf = stepSizes === null ? null : stepSizeRows(stepSizes);

  const influenceOf = (values: Float64Array, entry: Int32Array): Influence => {
    const squares = new Float64Array(units);
    for (let i = 0; i < entry.length; i++) squares[Math.floor(entry[i]! / components)]! += values[i]! ** 2;
    const { packed, every } = packSome(squares.map(Math.sqrt));
    return { norm: Math.sqrt(squares.reduce((sum, one) => sum + one, 0)), perUnit: packed, every };
  };
  return {
    state() {
      if (stateName !== undefined) learner.read(stateName, state);
      const { packed, every } = packSome(state);
      return { state: packed, stateEvery: every, units, components };
    },
    slow(step) {
      const norms: Record<string, number | null> = {};
      let influence: Influence | null = null;
      for (const name of names) {
        const length = learner.arrays[name]!;
        if (length === 0 || length > MOST) continue;
        const values = read(name);
        const norm = Math.sqrt(values.reduce((sum, one) => sum + one * one, 0));
        norms[name] = Number.isFinite(norm) ? norm : null;
        const places = name.startsWith(estimator) ? parts.estimator.places?.(name.slice(estimator.length)) : null;
        if (places?.entry.length === length && isOfUnits(places.entry)) influence = influenceOf(values, places.entry);
      }
      return { step, norms, influence, stepSizes: rowOf?.(step) ?? null };
    },
  };
}
