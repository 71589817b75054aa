/** SnAp-1 on dense nets: what learning costs beside the forward pass alone, without and with lambda. */
import type { Effort } from '../effort.ts';
import { type CaseResult, measure } from '../measure.ts';
import { progress } from '../progress.ts';
import { recipe, rule } from '../recipes.ts';
import { ratio } from '../timing.ts';

export interface DenseResult {
  readonly cell: 'gru' | 'lstm';
  readonly size: string;
  readonly forward: CaseResult; // predictions only
  readonly td0: CaseResult; // lambda 0
  readonly td: CaseResult; // lambda 0.9
}

const SIZES = [
  [32, 8],
  [128, 32],
  [512, 32],
] as const;

export async function denseCases(effort: Effort): Promise<DenseResult[]> {
  const results: DenseResult[] = [];
  for (const cell of ['gru', 'lstm'] as const) {
    for (const [units, inputSize] of effort.isQuick ? SIZES.slice(0, 2) : SIZES) {
      const size = `${units}x${inputSize}`;
      progress(`${cell} ${size} SnAp-1`);
      const agent = (lambda: number) =>
        recipe({ id: cell, units }, { id: 'snap', n: 1 }, rule('td-lambda', units, lambda));
      const name = `${cell}/snap-1`;
      const cases = [
        { name: `${name}/forward`, size, agent: agent(0.9), inputSize, learning: false },
        { name: `${name}/td-0`, size, agent: agent(0), inputSize },
        { name: `${name}/td-lambda`, size, agent: agent(0.9), inputSize },
      ];
      const [forward, td0, td] = await measure(cases, effort);
      results.push({ cell, size, forward: forward!, td0: td0!, td: td! });
    }
  }
  return results;
}

/** Time of a step / time of its forward pass, per module. */
export function overForward(step: CaseResult, forward: CaseResult): number[] {
  return step.map(({ samples }, i) => ratio(samples, forward[i]!.samples));
}
