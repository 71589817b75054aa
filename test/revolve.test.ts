/** The schedule alone, on a tape that writes down what it is asked to do. */
import { describe, expect, it } from 'vitest';
import { forwardSteps, revolve } from '../src/revolve.ts';

interface Followed {
  readonly forward: number; // steps advanced
  readonly peak: number; // most states kept at a time
  readonly order: readonly number[]; // steps as they were reversed
}

/** Carries a state that knows its own time, and refuses what a machine could not do. */
function follow(length: number, places: number): Followed {
  const kept: number[] = []; // [places] the time of the state in each
  const order: number[] = [];
  let [present, forward, peak] = [0, 0, 0];
  revolve(length, places, {
    keep(place) {
      kept.length = place; // a place is taken on top of those in use
      kept.push(present);
      peak = Math.max(peak, kept.length);
    },
    recall(place) {
      expect(place).toBeLessThan(kept.length);
      present = kept[place]!;
    },
    advance(from, to) {
      expect(from).toBe(present);
      expect(to).toBeGreaterThan(from);
      forward += to - from;
      present = to;
    },
    reverse(step) {
      expect(step).toBe(present);
      order.push(step);
      present = NaN; // a step was taken: it is no state of the sequence's any more
    },
  });
  return { forward, peak, order };
}

/** The least forward steps by trying every place for the next state to keep. */
function fewest(most: number, places: number): number[][] {
  const table = Array.from({ length: places + 1 }, () => new Array<number>(most + 1).fill(0)); // [c][T]
  for (let c = 1; c <= places; c++) {
    for (let T = 2; T <= most; T++) {
      if (c === 1) table[c]![T] = T - 1 + table[c]![T - 1]!;
      else table[c]![T] = Math.min(...range(1, T - 1).map((m) => m + table[c - 1]![T - m]! + table[c]![m]!));
    }
  }
  return table;
}
const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe('revolve', () => {
  const PLACES = range(1, 5);
  const LENGTHS = range(0, 59);

  it('takes the last step back first, then the one before, to the first, once each', () => {
    for (const c of PLACES) for (const T of LENGTHS) expect(follow(T, c).order).toEqual(range(0, T - 1).reverse());
  });

  it('never keeps more states than it has places, and uses them all where the sequence is long', () => {
    for (const c of PLACES) {
      for (const T of LENGTHS) expect(follow(T, c).peak).toBeLessThanOrEqual(c);
      expect(follow(59, c).peak).toBe(c);
    }
    for (const T of LENGTHS) expect(follow(T, 1000).peak).toBeLessThanOrEqual(Math.max(1, T));
  });

  it('takes as many forward steps as the formula, which are the fewest possible', () => {
    const table = fewest(59, 5);
    for (const c of PLACES) {
      for (const T of LENGTHS) {
        expect(forwardSteps(T, c)).toBe(table[c]![T]);
        expect(follow(T, c).forward).toBe(table[c]![T]);
      }
    }
    expect(table[2]![59]).toBeLessThan(table[1]![59]!); // the table is alive
    expect(table[3]![59]).toBeLessThan(table[2]![59]!);
  });

  it.each([
    [3, 10, 15],
    [4, 70, 224],
    [10, 1000, 3636],
  ])('%i places, %i steps: %i forward steps', (c, T, steps) => {
    expect(forwardSteps(T, c)).toBe(steps);
    expect(follow(T, c).forward).toBe(steps);
  });

  it('advances each step once where every state has a place', () => {
    for (const T of range(1, 59)) expect(follow(T, T).forward).toBe(T - 1);
    expect(follow(59, 57).forward).toBeGreaterThan(58); // control: one place short, the last state needs none
  });
});
