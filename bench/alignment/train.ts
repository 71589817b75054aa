/** A net trained in an environment, and its life after that, recorded. */
import type { AnyEnv } from '@rl-tools/envs';
import { loadEnv } from '@rl-tools/envs';
import { type AgentConfig, agentSchema, type Choice } from '../../src/agent.ts';
import { assemble } from '../../src/assemble.ts';
import { copyChunk, type StepChunk } from '../../src/chunk.ts';
import { createInteraction } from '../../src/interaction.ts';
import type { Stateful } from '../../src/types.ts';
import { createReportChunk } from '../../src/report-chunk.ts';

export interface Trained {
  readonly agent: AgentConfig;
  readonly seed: number;
  readonly inputSize: number;
  readonly arrays: ReadonlyMap<string, Float64Array>; // of the learner
  readonly future: readonly StepChunk[];
}

/** What was learned, and the state it stands in; estimators and rules of others have no use for the rest. */
const KEPT = /^(cell|lane|features|inputs|head)\./;

export async function train(
  seed: number,
  cell: Choice,
  estimator: Choice,
  env: string,
  steps: number,
  after: number,
): Promise<Trained> {
  const agent = recipe(cell, estimator);
  const part = await loadEnv(env);
  const world = part.create(part.options.parse({})) as AnyEnv;
  const interaction = createInteraction(world, { seed, steps: steps + after });
  const { inputSize } = interaction;
  const { learner } = await assemble(agent, { inputSize, seed, precision: 'f64' });
  const report = createReportChunk(interaction.chunk);
  const future: StepChunk[] = [];
  while (interaction.fill()) {
    if (interaction.time > steps) future.push(copyChunk(interaction.chunk));
    else learner.run(interaction.chunk, report);
  }
  world.close();
  return { agent, seed, inputSize, arrays: standing(learner), future };
}

/** What a learner knows and where it stands. */
export function standing(learner: Stateful): Map<string, Float64Array> {
  const arrays = new Map<string, Float64Array>();
  for (const [name, length] of Object.entries(learner.arrays)) {
    if (!KEPT.test(name)) continue;
    const values = new Float64Array(length);
    learner.read(name, values);
    arrays.set(name, values);
  }
  return arrays;
}

export function stand(learner: Stateful, arrays: ReadonlyMap<string, Float64Array>): void {
  for (const [name, values] of arrays) learner.write(name, values);
}

function recipe(cell: Choice, estimator: Choice): AgentConfig {
  return agentSchema.parse({
    summary: 'alignment of estimators',
    cell,
    estimator,
    features: { id: 'normalised', rate: 0.9999, floor: 0.01 },
    rule: { id: 'rmsprop', alpha: 3e-4, headAlpha: 1e-4, lambda: 0.9, decay: 0.9999, start: 1e-4 },
    inputs: { rate: 0.9999, floor: 0.01 },
  });
}
