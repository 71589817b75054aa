/** What studies of step sizes measure: a linear prediction of what is observed, without a state, under one rule. */
import type { AnyEnv } from '@rl-tools/envs';
import { agentSchema, type Choice } from '../agent.ts';
import { assembleReference } from '../assemble.ts';
import { createStepChunk, type StepChunk } from '../chunk.ts';
import { createInteraction } from '../interaction.ts';
import { createReportChunk } from '../report-chunk.ts';

export interface LinearRunOptions {
  readonly env: AnyEnv;
  readonly rule: Choice;
  readonly seed: string | number;
  readonly bias?: boolean; // a constant feature, last
  readonly discount?: number; // the environment's own
  readonly weights?: ArrayLike<number>; // at the start; 0
  /** Learns from the environment's own value as a target, at once: by TD a prediction misses its last update. */
  readonly supervised?: boolean;
}

export interface LinearRun {
  readonly weights: Float64Array; // [features]
  readonly stepSizes: Float64Array; // [features] as they stand when `live` returns
  /** The step just lived: a chunk of one. Its `ratio` is 1 unless `prepare` of `live` writes another. */
  readonly step: StepChunk;
  /** Lives on. `look` sees every prediction once all is learned from the step, whose value is `step.value[0]`. */
  live(steps: number, look?: (prediction: number) => void, prepare?: () => void): void;
}

export async function linearRun(options: LinearRunOptions): Promise<LinearRun> {
  const { env, seed, bias = false, discount = null, supervised = false } = options;
  const agent = agentSchema.parse({
    summary: 'linear',
    cell: { id: 'none' },
    estimator: { id: 'none' },
    features: { id: 'raw', bias, observation: true },
    rule: options.rule,
  });
  const interaction = createInteraction(env, { seed, discount, chunk: 1 });
  const { learner, parts } = await assembleReference(agent, { inputSize: interaction.inputSize, seed });
  const { weights } = parts.head;
  if (options.weights) weights.set(options.weights);
  const stepSizes = new Float64Array(weights.length);
  const step = supervised ? withTarget(interaction.chunk) : interaction.chunk;
  const report = createReportChunk(step);
  return {
    weights,
    stepSizes,
    step,
    live(steps, look, prepare) {
      for (let t = 0; t < steps; t++) {
        interaction.fill();
        prepare?.();
        if (supervised) step.target![0] = step.value[0]!;
        learner.run(step, report);
        look?.(report.prediction[0]!);
      }
      learner.rule.stepSizes('head', stepSizes);
    },
  };
}

/** The same step, whose value is its target. */
function withTarget(chunk: StepChunk): StepChunk {
  const { target } = createStepChunk(1, chunk.inputSize, 1, true);
  return Object.defineProperty({ ...chunk, target }, 'length', { get: () => chunk.length });
}
