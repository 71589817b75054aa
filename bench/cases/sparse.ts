/** SnAp-2 against exact RTRL on the same sparse net, in time and in the multiply-adds that the planner counts. */
import type { AgentConfig } from '../../src/agent.ts';
import { assemble } from '../../src/assemble.ts';
import type { Effort } from '../effort.ts';
import { type CaseResult, measure } from '../measure.ts';
import { progress } from '../progress.ts';
import { recipe, rule } from '../recipes.ts';

/** A gated net has a mask per gate, or one for all gates of a unit. */
export interface SparseNet {
  readonly name: string;
  readonly cell: 'tanh' | 'gru' | 'lstm';
  readonly options: { readonly mask?: 'independent' | 'shared' };
}

export const SPARSE_NETS: readonly SparseNet[] = [
  { name: 'tanh', cell: 'tanh', options: {} },
  { name: 'gru', cell: 'gru', options: { mask: 'independent' } },
  { name: 'gru, one mask', cell: 'gru', options: { mask: 'shared' } },
  { name: 'lstm', cell: 'lstm', options: { mask: 'independent' } },
  { name: 'lstm, one mask', cell: 'lstm', options: { mask: 'shared' } },
];

export interface SparseResult {
  readonly net: SparseNet;
  readonly size: string;
  readonly sparsity: number;
  readonly snap: CaseResult;
  readonly rtrl: CaseResult | string; // why not
}

const INPUTS = 32;
const NETS = [
  [128, 0.75],
  [256, 0.9375],
  [512, 0.984],
] as const;
const QUICK_NETS = [NETS[1]] as const;

const MOST_BYTES = 2e9; // of J, twice in f64 on the reference path, which a compiled learner begins as
const MOST_MACS = 4e9; // per step, some 2 s

export async function sparseCases(effort: Effort, nets: readonly SparseNet[] = SPARSE_NETS): Promise<SparseResult[]> {
  const results: SparseResult[] = [];
  for (const net of nets) {
    for (const [units, sparsity] of effort.isQuick ? QUICK_NETS : NETS) {
      progress(`${net.name} ${units}x${INPUTS} ${100 * sparsity} % sparse, SnAp-2 and RTRL`);
      const agent = (estimator: AgentConfig['estimator']) =>
        recipe({ id: net.cell, units, density: 1 - sparsity, ...net.options }, estimator, rule('td-lambda', units));
      const name = `${net.name}-${100 * sparsity}%`;
      const size = `${units}x${INPUTS}`;
      const shared = { size, inputSize: INPUTS };
      const cases = [{ ...shared, name: `${name}/snap-2/td-lambda`, agent: agent({ id: 'snap', n: 2 }) }];
      const why = await tooLarge(agent({ id: 'none' }), units);
      // The reference path would take seconds a step where the compiled one takes a tenth of one.
      if (why === null)
        cases.push({ ...shared, ...NO_REFERENCE, name: `${name}/rtrl/td-lambda`, agent: agent({ id: 'rtrl' }) });
      const [snap, rtrl] = await measure(cases, effort);
      results.push({ net, size, sparsity, snap: snap!, rtrl: rtrl ?? why! });
    }
  }
  return results;
}

const NO_REFERENCE = { reference: false } as const;

/** From the number of parameters, before J is there: RTRL keeps units x parameters of it. */
async function tooLarge(still: AgentConfig, units: number): Promise<string | null> {
  const { cost } = await assemble(still, { inputSize: INPUTS, seed: 0, path: 'reference' });
  const entries = cost.parameters * units;
  const perUnit = cost.forward / units; // presynaptic units, at most, that D's rows have
  if (16 * entries > MOST_BYTES) return `J would take ${((16 * entries) / 1e9).toFixed(1)} GB`;
  if (perUnit * entries > MOST_MACS) return 'a step would take more than 2 s';
  return null;
}

/** RTRL / SnAp-2 in counted multiply-adds of a whole step. */
export function countedRatio({ snap, rtrl }: SparseResult): number | null {
  if (typeof rtrl === 'string') return null;
  return rtrl[0]!.variant.cost.macsPerStep / snap[0]!.variant.cost.macsPerStep;
}
