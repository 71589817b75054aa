/** A learner with its steps, ready to be timed on one path. */
import type { AgentConfig } from '../src/agent.ts';
import { assemble } from '../src/assemble.ts';
import type { PathOptions } from '../src/paths.ts';
import type { Cost } from '../src/planner.ts';
import { createReportChunk } from '../src/report-chunk.ts';
import { RING, ring } from './ring.ts';
import type { Work } from './timing.ts';

export interface Variant extends Work {
  readonly parameters: number;
  readonly cost: Cost;
  readonly memoryBytes: number | null; // null: not known beforehand
}

export interface VariantNeeds extends Pick<PathOptions, 'path' | 'simd'> {
  readonly inputSize: number;
  readonly learning?: boolean;
}

/** ns of a multiply-add, roughly: enough to cut the ring into pieces of a few milliseconds. */
const MAC = { compiled: 0.4, reference: 3 };
const PIECE = 4e6; // ns

export async function variant(agent: AgentConfig, needs: VariantNeeds): Promise<Variant> {
  const { path = 'compiled', inputSize } = needs;
  // The precision is fixed: step sizes are divided by the units, and tiny ones would turn large learners to f64.
  const { learner, cost, chosen } = await assemble(agent, { ...needs, path, precision: 'f32', seed: 0 });
  const fitting = PIECE / (cost.macsPerStep * (path === 'reference' ? MAC.reference : MAC.compiled));
  const steps = 2 ** Math.floor(Math.log2(Math.min(RING, Math.max(1, fitting))));
  const pieces = ring(inputSize, steps);
  const report = createReportChunk(pieces[0]!);
  let at = 0;
  const run = (): void => {
    learner.run(pieces[at]!, report);
    at = (at + 1) % pieces.length;
  };
  return { parameters: learner.parameters, cost, memoryBytes: chosen.memoryBytes, steps, run };
}
