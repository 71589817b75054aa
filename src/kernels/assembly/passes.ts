/**
 * Around sums that are formed many times per step from the same weights (src/kernels/pass-memory.ts): the weights are taken out
 * of the lines, whose traces would have to be passed by, and sums come in the order of their rows' lengths.
 */
import { gather, LANES } from './vector';

/** `thetas` holds W addresses per vector. */
export function takeWeights(at: usize, end: usize, thetas: usize): void {
  for (; at < end; at += 16, thetas += LANES * 4) v128.store(at, gather(0, thetas));
}

/** `order` holds the address of each sum; 0 = they are where they belong. */
export function putInOrder(order: usize, to: usize, bytes: usize): void {
  if (order == 0) return;
  for (const end = to + bytes; to < end; to += 16, order += LANES * 4) v128.store(to, gather(0, order));
}
