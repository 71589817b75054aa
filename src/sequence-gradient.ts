/**
 * Exact back-propagation through a whole sequence under one theta, with few states in memory:
 *   dL/dtheta = sum_t delta_t' I_t,   delta_t = q_t + D_{t+1}' delta_{t+1},   q_t = dL_t/ds_t          (1)
 * Steps are taken again from states that were kept (revolve.ts), so that c states of memory do the work of T, and the
 * bits are those of back-propagation that stores every step: the same numbers meet in the same order.
 */
import { productMacs } from './dynamics-structure.ts';
import { RowDynamics } from './dynamics.ts';
import { forwardSteps, revolve, type Tape } from './revolve.ts';
import { rowPull } from './row-pull.ts';
import { forwardMacs, step } from './rows.ts';
import type { Cell, Rows } from './types.ts';

/** A sequence of steps t = 0 .. length - 1; step t leads from s_t to s_{t+1}. */
export interface Sequence {
  start(state: Float64Array): void; // writes s_0
  input(t: number): Float64Array; // what the cell sees at step t [m]
  error(t: number, state: Float64Array, delta: Float64Array): void; // ADDS q_t = dL_t/d(state after step t)
}

/** Memory for going back through sequences of one cell: ADDS (1) to out. `snapshots`: states in memory at a time. */
export function sequenceBackward(cell: Cell, snapshots: number) {
  const lane = cell.lane();
  const dynamics = new RowDynamics(cell, lane);
  const products = new Set(['products'] as const);
  const size = lane.state.length;
  const kept = new Float64Array(snapshots * size); // [snapshots x state]
  const delta = new Float64Array(size);
  const earlier = new Float64Array(size);
  let sequence: Sequence;
  let out: Float64Array;
  const tape: Tape = {
    keep: (place) => kept.set(lane.state, place * size),
    recall(place) {
      for (let i = 0; i < size; i++) lane.state[i] = kept[place * size + i]!;
    },
    advance(from, to) {
      for (let t = from; t < to; t++) step(cell, lane, sequence.input(t));
    },
    reverse(t) {
      step(cell, lane, sequence.input(t));
      sequence.error(t, lane.state, delta);
      rowPull(cell.rows, lane.pre, lane.gain, delta, out); // (1) delta' I
      if (t === 0) return;
      dynamics.timesTransposed(delta, earlier); // (1) D' delta
      delta.set(earlier);
    },
  };
  return (length: number, through: Sequence, into: Float64Array): void => {
    sequence = through;
    out = into;
    delta.fill(0);
    dynamics.materialise(products); // theta stays as it is from here on
    sequence.start(lane.state);
    revolve(length, snapshots, tape);
  };
}

/** ADDS sum_t q_t' J_t to out [p]: the gradient of a whole sequence from the cell's own s_0. */
export function sequenceGradient(
  cell: Cell,
  inputs: readonly Float64Array[], // T x [m]
  error: Sequence['error'],
  snapshots: number,
  out: Float64Array,
): void {
  const lane = cell.lane();
  cell.begin(lane);
  const sequence = { start: (state: Float64Array) => state.set(lane.state), input: (t: number) => inputs[t]!, error };
  sequenceBackward(cell, snapshots)(inputs.length, sequence, out);
}

/** Multiply-adds of one way back through T steps, by T. */
export function sequenceMacs(rows: Rows, snapshots: number): (length: number) => number {
  const forward = forwardMacs(rows);
  const immediate = rows.source.length + rows.dest.length * rows.components;
  const back = productMacs(rows); // from every step but the first
  return (T) => (T === 0 ? 0 : (forwardSteps(T, snapshots) + T) * forward + T * immediate + (T - 1) * back);
}
