import { createRng } from '@rl-tools/envs';
import { loadPart } from '../../src/registry.ts';

export interface Moment {
  readonly delta: number;
  readonly gradient: number;
  readonly gamma?: number;
  readonly ratio?: number;
}

/** One weight of the cell and one of the head, both from 1, driven by the same gradients; the weights after each step. */
export async function oneWeight(id: string, options: object, moments: readonly Moment[]): Promise<number[][]> {
  const part = await loadPart('step-sizes', id);
  const groups = (['cell', 'head'] as const).map((name) => ({
    name,
    weights: Float64Array.of(1),
    gradient: new Float64Array(1),
  }));
  const rule = part.create(part.options.parse(options), createRng(0), { groups });
  return moments.map(({ delta, gradient, gamma = 0.5, ratio = 1 }) => {
    const credit = { delta, v_tm1: 0, v_t: 0, discount_t: gamma, ratio, supervised: false, combined: false };
    rule.apply(credit);
    for (const group of groups) group.gradient[0] = gradient;
    rule.trace(credit);
    return groups.map(({ weights }) => weights[0]!);
  });
}
