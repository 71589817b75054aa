/** What studies of step sizes measure: a linear prediction of what is observed, without a state, under one rule. */
import type { AnyEnv } from '@rl-tools/envs';
import { agentSchema, type Choice } from '../agent.ts';
import { assembleReference } from '../assemble.ts';
import { createStepChunk, type StepChunk } from '../chunk.ts';
import { createInteraction } from '../interaction.ts';
import { createReportChunk } from '../report-chunk.ts';

export interface LinearLearnerOptions {
  readonly rule: Choice;
  readonly seed: string | number;
  readonly bias?: boolean; // a constant feature, last
  readonly weights?: ArrayLike<number>; // at the start; 0
}

export interface LinearLearner {
  readonly weights: Float64Array; // [features]
  /** Learns from a chunk of one step; the prediction that was made of it. */
  take(step: StepChunk): number;
  /** Step sizes as they stand [features]. */
  stepSizes(): Float64Array;
  /** As at the start, for another life: weights and the rule's memory of each; the next step must be a `start`. */
  restart(): void;
}

export async function linearLearner(inputSize: number, options: LinearLearnerOptions): Promise<LinearLearner> {
  const { seed, bias = false } = options;
  const agent = agentSchema.parse({
    summary: 'linear',
    cell: { id: 'none' },
    estimator: { id: 'none' },
    features: { id: 'raw', bias, observation: true },
    rule: options.rule,
  });
  const { learner, parts } = await assembleReference(agent, { inputSize, seed });
  const { weights } = parts.head;
  const first = Float64Array.from(options.weights ?? new Float64Array(weights.length));
  weights.set(first);
  const report = createReportChunk(createStepChunk(1, inputSize));
  return {
    weights,
    take(step) {
      learner.run(step, report);
      return report.prediction[0]!;
    },
    stepSizes() {
      const sizes = new Float64Array(weights.length);
      learner.rule.stepSizes('head', sizes);
      return sizes;
    },
    restart() {
      weights.set(first);
      learner.rule.restart('head', 0, weights.length);
    },
  };
}

export interface LinearRunOptions extends LinearLearnerOptions {
  readonly env: AnyEnv;
  readonly discount?: number; // the environment's own
  /** Learns from the environment's own value as a target, at once: by TD a prediction misses its last update. */
  readonly supervised?: boolean;
}

export interface LinearRun extends Omit<LinearLearner, 'take' | 'restart'> {
  readonly step: StepChunk; // the step just lived: a chunk of one
  /** Lives on. `look` sees every prediction once all is learned from its step, whose value is `step.value[0]`. */
  live(steps: number, look?: (prediction: number) => void): void;
}

export async function linearRun(options: LinearRunOptions): Promise<LinearRun> {
  const { env, seed, discount = null, supervised = false } = options;
  const interaction = createInteraction(env, { seed, discount, chunk: 1 });
  const step = supervised ? withTarget(interaction.chunk) : interaction.chunk;
  const { take, weights, stepSizes } = await linearLearner(interaction.inputSize, options);
  return {
    weights,
    stepSizes,
    step,
    live(steps, look) {
      for (let t = 0; t < steps; t++) {
        interaction.fill();
        if (supervised) step.target![0] = step.value[0]!;
        const prediction = take(step);
        look?.(prediction);
      }
    },
  };
}

/** The same step, whose value is its target. */
function withTarget(chunk: StepChunk): StepChunk {
  const { target } = createStepChunk(1, chunk.inputSize, 1, true);
  return Object.defineProperty({ ...chunk, target }, 'length', { get: () => chunk.length });
}
