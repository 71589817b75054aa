/** A learner in cycle world, on whatever path and in whatever host: what it is given is all that it knows of either. */
import type { AnyEnv } from '@rl-tools/envs';
import type * as node from '../../src/index.ts';

export type Library = Pick<typeof node, 'agentSchema' | 'assemble' | 'createInteraction' | 'createReportChunk'> & {
  readonly makeEnv: (id: string) => Promise<AnyEnv>;
};

export interface Task {
  readonly agent: unknown;
  readonly path: 'reference' | 'compiled';
  readonly precision: 'f32' | 'f64';
  readonly steps: number;
  readonly seed: number;
}

export interface Outcome {
  readonly path: string; // as chosen
  readonly reason: string;
  readonly error: number; // mean squared, of the last 5,000 predictions
  readonly bits: number; // a hash of every prediction
  readonly weights: readonly number[];
}

export async function learn(library: Library, { agent, path, precision, steps, seed }: Task): Promise<Outcome> {
  const env = await library.makeEnv('cycle-world');
  const interaction = library.createInteraction(env, { seed, steps });
  const needs = { inputSize: interaction.inputSize, seed, path, precision };
  const { learner, chosen } = await library.assemble(library.agentSchema.parse(agent), needs);
  const report = library.createReportChunk(interaction.chunk);
  const words = new Uint32Array(report.prediction.buffer);
  let bits = 2166136261;
  let squares = 0;
  let time = 0;
  while (interaction.fill()) {
    learner.run(interaction.chunk, report);
    for (let i = 0; i < 2 * report.length; i++) bits = Math.imul(bits ^ words[i]!, 16777619) >>> 0;
    for (let i = 0; i < report.length; i++, time++) {
      if (time >= steps - 5000) squares += (report.prediction[i]! - interaction.chunk.value[i]!) ** 2;
    }
  }
  const weights = new Float64Array(learner.arrays['cell.params']!);
  learner.read('cell.params', weights);
  return { path: chosen.path, reason: chosen.reason, error: squares / 5000, bits, weights: [...weights] };
}
