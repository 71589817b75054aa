/**
 * Every compiled method on the same sparse nets: time beside what the planner's multiply-adds predict from RTRL's time, alone
 * and with the activations of units, which are no multiply-adds and weigh what one is measured to take.
 */
import type { Choice } from '../../src/agent.ts';
import type { Effort } from '../effort.ts';
import { type CaseResult, measure, type Measured } from '../measure.ts';
import { progress } from '../progress.ts';
import { recipe, rule } from '../recipes.ts';
import { ratio } from '../timing.ts';
import { SPARSE_NETS, type SparseNet } from './sparse.ts';

export interface Timed {
  readonly method: string;
  readonly measured: CaseResult;
  readonly overPredicted: number; // (time / RTRL's time) / (multiply-adds / RTRL's), deterministic module
  readonly activations: number; // tanh and logistic functions per step
  readonly overBoth: number; // the same, activations counted as the multiply-adds that take as long
}

export interface MethodsResult {
  readonly net: SparseNet;
  readonly size: string;
  readonly timed: readonly Timed[]; // RTRL last
  readonly nsPerActivation: number;
}

const [UNITS, INPUTS, DENSITY] = [256, 32, 0.0625];

const WINDOW = 10;
const PER_UNIT = { tanh: 1, gru: 3, lstm: 5 } as const; // tanh and logistic functions
const SPARSEST = 1 / 1024; // weights on themselves and little else

const METHODS: readonly (readonly [string, Choice])[] = [
  ['immediate', { id: 'immediate' }],
  ['rflo', { id: 'rflo' }],
  ['snap-1', { id: 'snap', n: 1 }],
  ['snap-2', { id: 'snap', n: 2 }],
  ['snap-3', { id: 'snap', n: 3 }],
  ['tbptt', { id: 'tbptt', window: WINDOW }],
  ['rtrl', { id: 'rtrl' }],
];

export async function methodsCases(effort: Effort): Promise<MethodsResult[]> {
  const results: MethodsResult[] = [];
  const nsPerActivation = await activationTime(effort);
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
    const macsOf = ({ variant }: Measured): number => variant.cost.macsPerStep;
    const weight = nsPerActivation / (rtrl!.entry.nsPerStep / macsOf(rtrl!)); // in multiply-adds of RTRL
    const once = UNITS * PER_UNIT[net.cell];
    const timed = all.map((measured, i): Timed => {
      const [own] = measured;
      const method = METHODS[i]![0];
      const time = ratio(own!.samples, rtrl!.samples);
      const activations = method === 'tbptt' ? (1 + WINDOW) * once : once; // its window is lived again
      const overBoth = (time * (macsOf(rtrl!) + weight * once)) / (macsOf(own!) + weight * activations);
      return { method, measured, overPredicted: time / (macsOf(own!) / macsOf(rtrl!)), activations, overBoth };
    });
    results.push({ net, size, timed, nsPerActivation });
  }
  return results;
}

/** From steps of two nets that do little else, and differ in what they apply to their sums. */
async function activationTime(effort: Effort): Promise<number> {
  progress('activations');
  const cases = (['tanh', 'lstm'] as const).map((id) => ({
    name: `${id}/activations`,
    size: `${UNITS}x${INPUTS}`,
    agent: recipe({ id, units: UNITS, density: SPARSEST }, { id: 'none' }, rule('td-lambda', UNITS)),
    inputSize: INPUTS,
    learning: false,
    reference: false,
  }));
  const [few, many] = (await measure(cases, effort)).map(([own]) => own!.entry.nsPerStep);
  return (many! - few!) / (UNITS * (PER_UNIT.lstm - PER_UNIT.tanh));
}
