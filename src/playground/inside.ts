/** A learner's inside, read by the names of its arrays: the same on both paths, and nothing changes by being looked at. */
import type { AssembledOnPath } from '../assemble.ts';
import type { Inside, StepSizesShown } from './protocol.ts';

const SHOWN = 256; // step sizes of a group
const UNITS = 64;
const MOST_PER_STEP = 2048; // weights whose eligibility is read at every step shown

export interface Looking {
  readonly entries: number; // of the state
  readonly units: number; // whose eligibility is told at every step; 0: it is not
  state(): Float64Array;
  /** Root mean square by unit; null where it is not told at every step. */
  eligibility(): Float64Array | null;
  inside(): Inside;
}

export function lookInto({ learner, parts, stepSizes }: AssembledOnPath): Looking {
  const { rows, units } = parts.cell;
  const room = (name: string | undefined): Float64Array => new Float64Array(learner.arrays[name ?? ''] ?? 0);
  const names = Object.keys(learner.arrays);
  const z = names.find((name) => /^rule\.(?:cell\.)?z\.cell$/.test(name));
  const J = names.find((name) => /^estimator\.(?:traces|influence)$/.test(name));
  const [state, zs, Js] = [room('lane.state'), room(z), room(J)];
  const byUnit = new Float64Array(Math.min(UNITS, units));
  const owner = z === undefined ? null : ownersOf(rows, zs.length);
  const weights = owner === null ? null : countsOf(owner, byUnit.length);

  const eligibility = (): Float64Array => {
    if (owner === null) return new Float64Array(0);
    learner.read(z!, zs);
    byUnit.fill(0);
    for (let i = 0; i < zs.length; i++) if (owner[i]! < byUnit.length) byUnit[owner[i]!]! += zs[i]! ** 2;
    for (let u = 0; u < byUnit.length; u++) byUnit[u] = Math.sqrt(byUnit[u]! / Math.max(1, weights![u]!));
    return byUnit;
  };
  const perStep = owner !== null && zs.length <= MOST_PER_STEP;
  return {
    entries: state.length,
    units: perStep ? byUnit.length : 0,
    state() {
      if (state.length > 0) learner.read('lane.state', state);
      return state;
    },
    eligibility: () => (perStep ? eligibility() : null),
    inside() {
      if (Js.length > 0) learner.read(J!, Js);
      return {
        eligibility: eligibility().slice(),
        influence: Js.length === 0 ? null : Math.sqrt(Js.reduce((sum, x) => sum + x * x, 0) / Js.length),
        stepSizes: (stepSizes?.groups ?? []).map(({ name, length }) => {
          const all = new Float64Array(length);
          stepSizes!.read(name, all);
          return shownOf(name, all);
        }),
      };
    },
  };
}

type Rows = AssembledOnPath['parts']['cell']['rows'];

/** The unit of each weight. */
function ownersOf({ count, start, param, dest, destStart }: Rows, parameters: number): Int32Array {
  const owner = new Int32Array(parameters).fill(2 ** 31 - 1);
  for (let r = 0; r < count; r++) {
    for (let e = start[r]!; e < start[r + 1]!; e++) owner[param?.[e] ?? e] = dest[destStart[r]!]!;
  }
  return owner;
}

function countsOf(owner: Int32Array, units: number): Float64Array {
  const counts = new Float64Array(units);
  for (const unit of owner) if (unit < units) counts[unit]!++;
  return counts;
}

function shownOf(group: string, all: Float64Array): StepSizesShown {
  const length = Math.min(SHOWN, all.length);
  const values = Float64Array.from({ length }, (_, j) => all[Math.floor((j * all.length) / length)]!);
  return { group, values, weights: all.length };
}
