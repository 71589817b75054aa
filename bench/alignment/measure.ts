/**
 * How close every estimator's gradient is to the exact one, on one trained net whose weights stand still: at every step
 * the gradient of v_t with respect to the cell's parameters, beside real-time recurrent learning on the same lane.
 * Estimators that learn themselves have watched the net for LEARN steps before.
 */
import { createRng } from '@rl-tools/envs';
import { from, lastValueFrom, map, skip, toArray } from 'rxjs';
import { agentSchema } from '../../src/agent.ts';
import { assembleReference } from '../../src/assemble.ts';
import { cpuClock } from '../../src/plan/cpu-clock.ts';
import { planAgent } from '../../src/plan/plan-agent.ts';
import { createReportChunk } from '../../src/report-chunk.ts';
import { resolvePart } from '../../src/resolve-part.ts';
import { compare } from '../../src/stream/compare.ts';
import type { Estimator } from '../../src/types.ts';
import { stand, standing, type Trained } from './train.ts';

export interface Aligned {
  readonly label: string;
  readonly gradient: string;
  readonly cosine: number | null; // mean over steps; null: it learns from targets alone
  readonly us: number | null;
  readonly bytes: number;
}

const CHUNK = 256;
export const LEARN = 40 * CHUNK; // steps in which estimators that learn themselves do
export const WARM = CHUNK; // steps in which influences build up
export const MEASURED = 2 * CHUNK; // steps

export async function measure(trained: Trained): Promise<Aligned[]> {
  const { agent, seed, inputSize, future } = trained;
  const plan = await planAgent(agent, { inputSize, seed, clock: cpuClock });
  const idle = await still(trained, 'none');
  stand(idle, trained.arrays);
  const estimators: Record<string, Estimator> = {};
  for (const { estimator, label, needsTargets } of plan.estimators) {
    if (needsTargets) continue;
    const { create } = await resolvePart('estimators', estimator);
    const made = (estimators[label] = create(createRng(`${seed}/${label}`), { cell: idle.cell }));
    if (made.learned) idle.watch(made);
  }
  for (const chunk of future.slice(0, LEARN / CHUNK)) idle.run(chunk, createReportChunk(chunk));
  const exact = await still(trained, 'rtrl');
  stand(exact, standing(idle));
  const seen = from(future.slice(LEARN / CHUNK)).pipe(
    compare(exact, estimators),
    map(({ alignments }) => alignments),
    skip(WARM / CHUNK),
    toArray(),
  );
  const windows: Windows = await lastValueFrom(seen);
  return plan.estimators.map(({ label, gradient, time, bytes }) => {
    return { label, gradient, cosine: label in estimators ? mean(windows, label) : null, us: time?.us ?? null, bytes };
  });
}

/** The trained agent with weights that nobody moves. */
export async function still({ agent, inputSize, seed }: Trained, estimator: string) {
  const rule = { id: 'td-lambda', alpha: 0, lambda: 0 };
  const frozen = agentSchema.parse({ ...agent, estimator: { id: estimator }, rule });
  return (await assembleReference(frozen, { inputSize, seed })).learner;
}

type Windows = readonly Readonly<Record<string, { readonly cosine: number; readonly steps: number }>>[];

function mean(windows: Windows, label: string): number {
  const steps = windows.reduce((sum, window) => sum + window[label]!.steps, 0);
  return windows.reduce((sum, window) => sum + window[label]!.cosine * window[label]!.steps, 0) / steps;
}
