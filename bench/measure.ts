/** Cases that take turns: each on both modules of the compiled path and, where asked for, on the reference path. */
import type { AgentConfig } from '../src/agent.ts';
import { canRun, type Simd } from '../src/kernels/module.ts';
import { median } from '../src/statistics/median.ts';
import type { Effort } from './effort.ts';
import type { Entry } from './entry.ts';
import { ratio, takeTurns, warm, type Warm } from './timing.ts';
import { type Variant, variant } from './variant.ts';

export interface Case {
  readonly name: string;
  readonly size: string;
  readonly agent: AgentConfig;
  readonly inputSize: number;
  readonly learning?: boolean;
  readonly reference?: boolean; // measured too; true
}

export interface Measured {
  readonly simd: Simd;
  readonly entry: Entry;
  readonly variant: Variant;
  readonly work: Warm;
  readonly samples: readonly number[]; // [round] ns per step
}

/** What one case costs: the deterministic module first, then the relaxed one where Node has it. */
export type CaseResult = readonly Measured[];

export function modules(): readonly Simd[] {
  return canRun('relaxed') ? ['deterministic', 'relaxed'] : ['deterministic'];
}

export async function measure(cases: readonly Case[], effort: Effort): Promise<CaseResult[]> {
  const made: Made[][] = [];
  for (const each of cases) made.push(await variantsOf(each));
  const works = made.map((variants) => variants.map(({ variant }) => warm(variant, effort)));
  const samples = takeTurns(works.flat(), effort);
  let at = 0;
  return cases.map((each, c): CaseResult => {
    const own = made[c]!.map(({ simd, variant }, i) => ({
      simd,
      variant,
      work: works[c]![i]!,
      samples: samples[at++]!,
    }));
    const reference = own.find(({ simd }) => simd === null);
    return own.flatMap(({ simd, ...rest }) => {
      if (simd === null) return [];
      const nsPerStep = median(rest.samples);
      const entry: Entry = {
        name: simd === 'relaxed' ? `${each.name}/relaxed` : each.name,
        size: each.size,
        nsPerStep,
        nsPerParameter: nsPerStep / rest.variant.parameters,
        ratios: reference ? { reference: ratio(reference.samples, rest.samples) } : {},
      };
      return [{ simd, entry, ...rest }];
    });
  });
}

interface Made {
  readonly simd: Simd | null; // null: the reference path
  readonly variant: Variant;
}

async function variantsOf({ agent, inputSize, learning = true, reference = true }: Case): Promise<Made[]> {
  const variants: Made[] = [];
  for (const simd of modules()) variants.push({ simd, variant: await variant(agent, { inputSize, learning, simd }) });
  if (reference)
    variants.push({ simd: null, variant: await variant(agent, { inputSize, learning, path: 'reference' }) });
  return variants;
}
