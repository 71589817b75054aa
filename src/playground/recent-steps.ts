/** The latest steps in a row, with what the learner made of them. Memory is made once. */
import type { ReportChunk } from '../chunk.ts';
import type { Window } from './protocol.ts';

const INPUTS = 32; // entries shown of each
const ENTRIES = 64;
const MASS = 0.01; // of a return may lie in the future

export interface RecentSteps {
  /** A step, the first of a report, that was just learned from. */
  push(report: ReportChunk, action: number, state: Float64Array, eligibility: Float64Array | null): void;
  /** What comes next does not follow on what was pushed. */
  clear(): void;
  shown(time: number): Window;
}

export interface RecentNeeds {
  readonly capacity: number;
  readonly inputs: number;
  readonly entries: number; // of the state
  readonly units: number; // 0: no eligibility is told
}

export function recentSteps({ capacity, ...sizes }: RecentNeeds): RecentSteps {
  const inputs = Math.min(INPUTS, sizes.inputs);
  const entries = Math.min(ENTRIES, sizes.entries);
  const units = Math.min(ENTRIES, sizes.units);
  const room = 2 * capacity; // when it is full, the latest half moves to the front
  const column = (width = 1): Float64Array => new Float64Array(room * width);
  const observation = column(inputs);
  const [prediction, delta, cumulant, discount, value] = [column(), column(), column(), column(), column()];
  const start = new Uint8Array(room);
  const action = new Int16Array(room);
  const state = column(entries);
  const eligibility = column(units);
  const wide = [[observation, inputs] as const, [state, entries] as const, [eligibility, units] as const];
  const narrow = [prediction, delta, cumulant, discount, value, start, action];
  let length = 0;

  const makeRoom = (): void => {
    if (length < room) return;
    for (const array of narrow) array.copyWithin(0, capacity);
    for (const [array, width] of wide) array.copyWithin(0, capacity * width);
    length = capacity;
  };
  return {
    push({ steps, ...report }, chosen, s, z) {
      makeRoom();
      const i = length++;
      for (let j = 0; j < inputs; j++) observation[i * inputs + j] = steps.observation[j]!;
      prediction[i] = report.prediction[0]!;
      delta[i] = report.delta[0]!;
      cumulant[i] = steps.cumulant[0]!;
      discount[i] = steps.discount[0]!;
      value[i] = steps.value[0]!;
      start[i] = steps.start[0]!;
      action[i] = chosen;
      for (let j = 0; j < entries; j++) state[i * entries + j] = s[j]!;
      for (let j = 0; j < units; j++) eligibility[i * units + j] = z === null ? 0 : z[j]!;
    },
    clear: () => void (length = 0),
    shown(time) {
      const shown = Math.min(capacity, length);
      const cut = <A extends Float64Array | Uint8Array | Int16Array>(array: A, width = 1): A =>
        array.slice((length - shown) * width, length * width) as A;
      const tail = { cumulant: cut(cumulant), discount: cut(discount), start: cut(start) };
      return {
        from: time - shown,
        length: shown,
        observation: cut(observation, inputs),
        prediction: cut(prediction),
        delta: cut(delta),
        cumulant: tail.cumulant,
        return: returnsOf(tail),
        value: cut(value),
        start: tail.start,
        action: cut(action),
        state: cut(state, entries),
        eligibility: cut(eligibility, units),
      };
    },
  };
}

/** G_t = c_{t+1} + gamma_{t+1} G_{t+1}; nothing is known of what follows the last step, or a truncated episode. */
function returnsOf({ cumulant, discount, start }: Pick<Window, 'cumulant' | 'start'> & { discount: Float64Array }) {
  const returns = new Float64Array(cumulant.length);
  let G = 0;
  let mass = 1;
  for (let t = cumulant.length - 1; t >= 0; t--) {
    const isLast = t === cumulant.length - 1 || start[t + 1] === 1;
    G = isLast ? 0 : cumulant[t + 1]! + discount[t + 1]! * G;
    mass = isLast ? 1 : mass * discount[t + 1]!;
    returns[t] = mass > MASS ? NaN : G;
  }
  return returns;
}
