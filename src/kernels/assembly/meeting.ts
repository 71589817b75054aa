/**
 * Where two threads meet once a step: each brings its part of v_t and takes the sum, always in the same order. The rest
 * of a step both do alike, each for its own columns; what they share they write alike. Memory: two turns of two
 * parts, a cache line each, then the turn that each thread has come to.
 */
import { meeting, thread, threads } from './plan';

let turn: i32 = 0;

export function meet(part: f64): f64 {
  if (threads == 1) return part;
  turn++;
  const parts = meeting + (<usize>(turn & 1) << 7);
  const turns = meeting + 256;
  store<f64>(parts + (<usize>thread << 6), part);
  atomic.store<i32>(turns + (<usize>thread << 6), turn);
  const other = turns + (<usize>(1 - thread) << 6);
  while (atomic.load<i32>(other) - turn < 0) {}
  return load<f64>(parts) + load<f64>(parts, 64);
}
