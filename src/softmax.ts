/** Probabilities of classes and their loss. */
import type { Head } from './types.ts';
import { UserError } from './user-error.ts';

/** From logits to probabilities, in place. */
export function probabilities(v: Float64Array): void {
  let top = -Infinity;
  for (let k = 0; k < v.length; k++) top = Math.max(top, v[k]!);
  let total = 0;
  for (let k = 0; k < v.length; k++) total += v[k] = Math.exp(v[k]! - top);
  for (let k = 0; k < v.length; k++) v[k]! /= total;
}

/** -sum_k y_k ln p_k; minus its slope at the logits is y - p, for y that sum to 1. */
export const crossEntropy: Required<Pick<Head, 'error' | 'loss'>> = {
  error(target, v, out) {
    for (let k = 0; k < out.length; k++) out[k] = target[k]! - v[k]!;
  },
  loss(target, v) {
    let loss = 0;
    for (let k = 0; k < v.length; k++) if (target[k] !== 0) loss -= target[k]! * Math.log(v[k]!);
    return loss;
  },
};

export function needsClasses(id: string, outputs: number): void {
  if (outputs > 1) return;
  throw new UserError(`Cannot tell one class from others with ${id}: there is one; take two or more`);
}
