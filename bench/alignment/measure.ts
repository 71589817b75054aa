/**
 * How close every estimator's gradient is to the exact one, on one trained net whose weights stand still: at every step
 * the gradient of v_t with respect to the cell's parameters, beside real-time recurrent learning on the same lane.
 */
import { createRng } from '@rl-tools/envs';
import { agentSchema, type Choice } from '../../src/agent.ts';
import { assembleReference } from '../../src/assemble.ts';
import { estimatorLabel } from '../../src/estimator-variants.ts';
import { parseOptions } from '../../src/options.ts';
import { cpuClock } from '../../src/plan/cpu-clock.ts';
import { planAgent } from '../../src/plan/plan-agent.ts';
import { loadPart } from '../../src/registry.ts';
import { cosine } from '../../src/statistics/cosine.ts';
import { mean } from '../../src/statistics/mean.ts';
import { norm } from '../../src/statistics/norm.ts';
import { relativeError } from '../../src/statistics/relative-error.ts';
import type { Cell, Estimator } from '../../src/types.ts';
import { stand, type Trained } from './train.ts';

export interface Alignment {
  readonly label: string;
  readonly gradient: string;
  readonly cosine: number | null; // mean over steps; null: it learns from targets alone
  readonly relativeError: number | null; // median over steps
  readonly us: number | null;
  readonly bytes: number;
}

const WARM = 0.25; // of the recorded life: influences build up

export async function measure({ agent, inputSize, arrays, future }: Trained, seed: number): Promise<Alignment[]> {
  const still = { id: 'td-lambda', alpha: 0, lambda: 0 };
  const frozen = agentSchema.parse({ ...agent, estimator: { id: 'rtrl' }, rule: still });
  const { learner } = await assembleReference(frozen, { inputSize, seed: 0 });
  stand(learner, arrays);
  const plan = await planAgent(agent, { inputSize, seed: 0, clock: cpuClock });
  const watched: { label: string; gradient: Float64Array; cosines: number[]; errors: number[] }[] = [];
  for (const { estimator, label, needsTargets } of plan.estimators) {
    if (needsTargets) continue;
    const made = await create(estimator, learner.cell, `${seed}/${label}`);
    watched.push({ label, gradient: learner.watch(made), cosines: [], errors: [] });
  }
  const steps = future.reduce((sum, { length }) => sum + length, 0);
  let at = 0;
  for (const chunk of future) {
    for (let i = 0; i < chunk.length; i++, at++) {
      const { inputSize: m, observation } = chunk;
      learner.step({
        observation: observation.subarray(i * m, (i + 1) * m),
        cumulant: chunk.cumulant.subarray(i, i + 1),
        discount: chunk.discount.subarray(i, i + 1),
        start: chunk.start[i] === 1,
      });
      if (at < WARM * steps || norm(learner.gradient) < 1e-12) continue;
      for (const { gradient, cosines, errors } of watched) {
        cosines.push(norm(gradient) === 0 ? 0 : cosine(gradient, learner.gradient));
        errors.push(relativeError(gradient, learner.gradient));
      }
    }
  }
  return plan.estimators.map(({ label, gradient, time, bytes }) => {
    const seen = watched.find((other) => other.label === label);
    return {
      label,
      gradient,
      cosine: seen ? mean(seen.cosines) : null,
      relativeError: seen ? mean(seen.errors) : null,
      us: time?.us ?? null,
      bytes,
    };
  });
}

async function create({ id, ...options }: Choice, cell: Cell, seed: string): Promise<Estimator> {
  const part = await loadPart('estimators', id);
  return part.create(
    parseOptions(part.options, options, `set up ${estimatorLabel({ id, ...options })}`),
    createRng(seed),
    { cell },
  );
}
