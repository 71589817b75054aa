import type { Choice } from './agent.ts';
import { listParts } from './registry.ts';

/** Option sets worth a line of their own in tables and pictures; an estimator that is not named has one, its defaults. */
const VARIANTS: Readonly<Record<string, readonly Omit<Choice, 'id'>[]>> = {
  snap: [{ n: 1 }, { n: 2 }, { n: 3 }],
  ok: [{ rank: 1 }, { rank: 4 }],
  tbptt: [{ window: 5 }, { window: 20 }, { window: 20, mode: 'chunked' }],
};

/** Every estimator of the folder. */
export function estimatorVariants(ids: readonly string[] = listParts('estimators')): Choice[] {
  return ids.flatMap((id) => (VARIANTS[id] ?? [{}]).map((options) => ({ id, ...options })));
}

/** `snap n=2` */
export function estimatorLabel({ id, ...options }: Choice): string {
  const text = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));
  return [id, ...Object.entries(options).map(([name, value]) => `${name}=${text(value)}`)].join(' ');
}
