/** The weights and eligibilities of many questions in compiled memory (assembly/horde.ts). */
import type { HordeKernel } from './kernel.ts';
import type { MemoryPlan } from './memory-plan.ts';
import type { Precision } from './module.ts';
import type { Storage } from './storage.ts';

export interface HordeMemory {
  readonly globals: Readonly<Record<string, number>>;
  readonly constants: readonly (readonly [address: number, type: Precision, value: number])[];
  readonly storage: Readonly<Record<string, Storage>>;
}

/** `places` is where each feature lies in phi, `padded` how long phi is. */
export function hordeMemory(
  { alpha, bundles }: HordeKernel,
  plan: MemoryPlan,
  size: number,
  places: readonly number[],
  padded: number,
): HordeMemory {
  const type: Precision = size === 4 ? 'f32' : 'f64';
  const stride = Math.ceil((padded * size) / 16) * 16; // bytes of a row
  const K = bundles.reduce((sum, { questions }) => sum + questions.length, 0);
  const weights = plan.take(K * stride);
  const z = plan.take(bundles.length * stride);
  const lambdas = plan.take(8 * bundles.length);
  const starts = bundles.map((_, b) => bundles.slice(0, b).reduce((sum, { questions }) => sum + questions.length, 0));
  const row = (at: number) => (i: number) =>
    at + Math.floor(i / places.length) * stride + places[i % places.length]! * size;
  return {
    globals: {
      bundles: bundles.length,
      bundleStart: plan.table([...starts, K]),
      bundleOrder: plan.table(bundles.flatMap(({ questions }) => [...questions])),
      bundleLambda: lambdas,
      hordeStride: stride,
      hordeWeights: weights,
      hordeZ: z,
      hordeZOld: plan.take(bundles.length * stride),
      hordePhi: plan.take(stride),
      hordeOwed: plan.take(8 * K),
      headAlpha: alpha,
    },
    constants: bundles.map(({ lambda }, b) => [lambdas + 8 * b, 'f64', lambda] as const),
    storage: {
      'head.weights': { length: K * places.length, type, at: row(weights) },
      ...Object.fromEntries(
        bundles.map((_, b) => [`rule.bundle${b}.z`, { length: places.length, type, at: row(z + b * stride) }] as const),
      ),
    },
  };
}
