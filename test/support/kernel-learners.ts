/** Learners of both paths from the same parts, and lives for them to learn from. */
import { createRng } from '@rl-tools/envs';
import { createStepChunk, type StepChunk } from '../../src/chunk.ts';
import type { Precision, Simd } from '../../src/kernels/module.ts';
import type { Learner, LearnerParts, LearnerSettings } from '../../src/learner.ts';
import { normaliser, type NormaliserOptions } from '../../src/normaliser.ts';
import { createLearnerOn, type PathChosen } from '../../src/paths.ts';
import { loadPart } from '../../src/registry.ts';
import { resolvePart } from '../../src/resolve-part.ts';
import { splitRule } from '../../src/split-rule.ts';
import { createReportChunk } from '../../src/report-chunk.ts';

export type Choice = readonly [id: string, options?: object];

export interface LearnerCase {
  readonly cell: Choice;
  readonly estimator: Choice;
  readonly features?: Choice;
  readonly rule?: Choice;
  readonly headRule?: Choice; // the head's own
  readonly inputs?: boolean | NormaliserOptions; // true: STATISTICS
  readonly questions?: number;
  readonly settings?: LearnerSettings;
  readonly coldStart?: boolean; // head weights 0, as they are made
}

export const INPUTS = 5;
const STATISTICS = { rate: 0.999, floor: 0.01 };

/** Fresh parts, the same at every call; the head begins at small random weights so that q is not 0. */
export async function partsOf(chosen: LearnerCase): Promise<LearnerParts> {
  const {
    features: [featuresId, featuresOptions = {}] = ['normalised'],
    rule: [ruleId, ruleOptions = {}] = ['td-lambda'],
  } = chosen;
  const headRulePart = chosen.headRule && (await loadPart('step-sizes', chosen.headRule[0]));
  const [cellPart, estimatorPart, featuresPart, headPart, rulePart] = await Promise.all([
    resolvePart('cells', { ...chosen.cell[1], id: chosen.cell[0] }),
    resolvePart('estimators', { ...chosen.estimator[1], id: chosen.estimator[0] }),
    loadPart('features', featuresId),
    loadPart('heads', 'linear'),
    loadPart('step-sizes', ruleId),
  ]);
  const rng = (name: string) => createRng(`case/${name}`);
  const cell = cellPart.create(rng('cell'), { inputSize: INPUTS });
  const estimator = estimatorPart.create(rng('estimator'), { cell });
  const sizes = { outputSize: cell.readout.length, observationSize: INPUTS };
  const features = featuresPart.create(featuresPart.options.parse(featuresOptions), rng('features'), sizes);
  const outputs = chosen.questions ?? 1;
  const head = headPart.create(headPart.options.parse({}), rng('head'), { size: features.size, outputs });
  const weights = rng('weights');
  if (!chosen.coldStart) head.weights.forEach((_, i) => (head.weights[i] = 0.1 * weights.normal()));
  return {
    cell,
    estimator,
    features,
    head,
    inputs: chosen.inputs ? normaliser(INPUTS, chosen.inputs === true ? STATISTICS : chosen.inputs) : null,
    rule: (groups) => {
      const whole = (some: typeof groups) =>
        rulePart.create(rulePart.options.parse(ruleOptions), rng('rule'), { groups: some });
      if (!headRulePart) return whole(groups);
      const options = headRulePart.options.parse(chosen.headRule![1] ?? {});
      return splitRule(groups, (group) => {
        return group.name === 'cell' ? whole([group]) : headRulePart.create(options, rng('rule'), { groups: [group] });
      });
    },
  };
}

export interface On {
  readonly path: 'reference' | 'compiled' | 'auto';
  readonly precision?: Precision;
  readonly simd?: Simd;
  readonly threads?: number;
}

export async function learnerOn(chosen: LearnerCase, on: On): Promise<{ learner: Learner; chosen: PathChosen }> {
  return createLearnerOn(await partsOf(chosen), chosen.settings ?? {}, on);
}

/** Random steps in episodes of 97, with importance ratios and varying discounts. */
export function randomLife(steps: number, { questions = 1, supervised = false, seed = 'life' } = {}): StepChunk {
  const rng = createRng(seed);
  const chunk = createStepChunk(steps, INPUTS, questions, supervised);
  chunk.length = steps;
  chunk.observation.forEach((_, i) => (chunk.observation[i] = rng.normal()));
  for (let i = 0; i < steps; i++) {
    chunk.start[i] = i % 97 === 0 ? 1 : 0;
    chunk.ratio[i] = 0.8 + 0.4 * rng.uniform();
    for (let k = i * questions; k < (i + 1) * questions; k++) {
      chunk.cumulant[k] = rng.normal();
      chunk.discount[k] = i % 31 === 0 ? 0.5 : 0.9;
      if (chunk.target) chunk.target[k] = rng.normal();
    }
  }
  return chunk;
}

/** The predictions of a whole life. */
export function live(learner: Learner, life: StepChunk): Float64Array {
  const report = createReportChunk(life);
  learner.run(life, report);
  return report.prediction;
}

/** max |a - b| / max |b| */
export function relativeGap(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let gap = 0;
  let size = 0;
  for (let i = 0; i < b.length; i++) {
    gap = Math.max(gap, Math.abs(a[i]! - b[i]!));
    size = Math.max(size, Math.abs(b[i]!));
    if (Number.isNaN(a[i]! - b[i]!)) return Infinity;
  }
  return size === 0 ? gap : gap / size;
}
