/**
 * How close every estimator's gradient is to the exact one, on one trained net whose weights stand still: at every step
 * the gradient of v_t with respect to the cell's parameters, beside real-time recurrent learning on the same lane.
 */
import { createRng } from '@rl-tools/envs';
import { from, lastValueFrom, map, skip, toArray } from 'rxjs';
import { agentSchema } from '../../src/agent.ts';
import { assembleReference } from '../../src/assemble.ts';
import { cpuClock } from '../../src/plan/cpu-clock.ts';
import { planAgent } from '../../src/plan/plan-agent.ts';
import { resolvePart } from '../../src/resolve-part.ts';
import { compare } from '../../src/stream/compare.ts';
import type { Estimator } from '../../src/types.ts';
import { stand, type Trained } from './train.ts';

export interface Aligned {
  readonly label: string;
  readonly gradient: string;
  readonly cosine: number | null; // mean over steps; null: it learns from targets alone
  readonly us: number | null;
  readonly bytes: number;
}

const WARM = 1; // chunks in which influences build up

export async function measure({ agent, inputSize, arrays, future }: Trained): Promise<Aligned[]> {
  const still = { id: 'td-lambda', alpha: 0, lambda: 0 };
  const frozen = agentSchema.parse({ ...agent, estimator: { id: 'rtrl' }, rule: still });
  const { learner } = await assembleReference(frozen, { inputSize, seed: 0 });
  stand(learner, arrays);
  const plan = await planAgent(agent, { inputSize, seed: 0, clock: cpuClock });
  const estimators: Record<string, Estimator> = {};
  for (const { estimator, label, needsTargets } of plan.estimators) {
    if (needsTargets) continue;
    const { create } = await resolvePart('estimators', estimator);
    estimators[label] = create(createRng(label), { cell: learner.cell });
  }
  const seen = from(future).pipe(
    compare(learner, estimators),
    map(({ alignments }) => alignments),
    skip(WARM),
    toArray(),
  );
  const windows = await lastValueFrom(seen);
  return plan.estimators.map(({ label, gradient, time, bytes }) => {
    const steps = windows.reduce((sum, window) => sum + (window[label]?.steps ?? 0), 0);
    const cosine = windows.reduce((sum, window) => sum + (window[label]?.cosine ?? 0) * (window[label]?.steps ?? 0), 0);
    return { label, gradient, cosine: label in estimators ? cosine / steps : null, us: time?.us ?? null, bytes };
  });
}
