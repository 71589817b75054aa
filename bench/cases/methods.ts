/** Every compiled method on the same sparse nets: time beside what the planner's multiply-adds predict from RTRL's time. */
import type { Choice } from '../../src/agent.ts';
import type { Effort } from '../effort.ts';
import { type CaseResult, measure } from '../measure.ts';
import { progress } from '../progress.ts';
import { recipe, rule } from '../recipes.ts';
import { ratio } from '../timing.ts';
import { SPARSE_NETS, type SparseNet } from './sparse.ts';

export interface Timed {
  readonly method: string;
  readonly measured: CaseResult;
  readonly overPredicted: number; // (time / RTRL's time) / (multiply-adds / RTRL's), deterministic module
}

export interface MethodsResult {
  readonly net: SparseNet;
  readonly size: string;
  readonly timed: readonly Timed[]; // RTRL last
}

const [UNITS, INPUTS, DENSITY] = [256, 32, 0.0625];

const METHODS: readonly (readonly [string, Choice])[] = [
  ['immediate', { id: 'immediate' }],
  ['rflo', { id: 'rflo' }],
  ['snap-1', { id: 'snap', n: 1 }],
  ['snap-2', { id: 'snap', n: 2 }],
  ['snap-3', { id: 'snap', n: 3 }],
  ['tbptt', { id: 'tbptt', window: 10 }],
  ['rtrl', { id: 'rtrl' }],
];

export async function methodsCases(effort: Effort): Promise<MethodsResult[]> {
  const results: MethodsResult[] = [];
  for (const net of SPARSE_NETS) {
    const size = `${UNITS}x${INPUTS}`;
    progress(`${net.name} ${size} ${100 * (1 - DENSITY)} % sparse, every method`);
    const cases = METHODS.map(([method, estimator]) => ({
      name: `${net.name}-${100 * (1 - DENSITY)}%/methods/${method}`,
      size,
      agent: recipe(
        { id: net.cell, units: UNITS, density: DENSITY, ...net.options },
        estimator,
        rule('td-lambda', UNITS),
      ),
      inputSize: INPUTS,
      reference: false,
    }));
    const all = await measure(cases, effort);
    const [rtrl] = all.at(-1)!;
    const timed = all.map((measured, i): Timed => {
      const [own] = measured;
      const time = ratio(own!.samples, rtrl!.samples);
      const macs = own!.variant.cost.macsPerStep / rtrl!.variant.cost.macsPerStep;
      return { method: METHODS[i]![0], measured, overPredicted: time / macs };
    });
    results.push({ net, size, timed });
  }
  return results;
}
