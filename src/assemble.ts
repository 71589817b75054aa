/** From a recipe to a learner: loads the parts by id, checks their options, and gives each a random stream of its own. */
import { createRng, type Rng } from '@rl-tools/envs';
import type { AgentConfig } from './agent.ts';
import type { ActionsKnown } from './control.ts';
import {
  createLearner,
  type Learner,
  type LearnerParts,
  type LearnerSettings,
  type ReferenceLearner,
} from './learner.ts';
import { normaliser } from './normaliser.ts';
import { createLearnerOn, type PathChosen, type PathOptions, referencePath } from './paths.ts';
import { type Cost, planCost } from './planner.ts';
import { splitRule } from './split-rule.ts';
import { resolvePart } from './resolve-part.ts';
import type { Growth } from './types.ts';

export interface AssembleNeeds extends PathOptions {
  readonly inputSize: number;
  readonly questions?: number;
  readonly seed: string | number;
  readonly learning?: boolean;
  readonly actionSpace?: SpaceOfActions; // where the head is to choose actions
  readonly steps?: number; // of the run, where known
}

/** What is asked of an action space: that of any environment will do. */
export interface SpaceOfActions {
  readonly kind: string;
  readonly n?: number;
  toString(): string;
}

export interface Assembled<L extends Learner = Learner> {
  readonly learner: L;
  readonly chosen: PathChosen;
  readonly cost: Cost;
  readonly exact: boolean; // the estimator gives the true gradient on this cell
  readonly parts: LearnerParts;
  readonly rngs: Rngs; // a part may draw while it learns: what a checkpoint saves of them
}

const STREAMS = ['cell', 'estimator', 'features', 'head', 'rule', 'growth', 'feedback', 'policy'] as const;
export type Rngs = Readonly<Record<(typeof STREAMS)[number], Rng>>;

/** The learner on the path asked for, by default the fastest that every part can take. */
export async function assemble(agent: AgentConfig, needs: AssembleNeeds): Promise<Assembled> {
  const { parts, settings, told } = await makeParts(agent, needs);
  return { ...createLearnerOn(parts, settings, needs), ...told() };
}

/** The learner of the reference path, which shows its cell and gradient and can be compared with others. */
export async function assembleReference(
  agent: AgentConfig,
  needs: Omit<AssembleNeeds, keyof PathOptions>,
): Promise<Assembled<ReferenceLearner>> {
  const { parts, settings, told } = await makeParts(agent, needs);
  return { learner: createLearner(parts, settings), chosen: referencePath('asked for'), ...told() };
}

async function makeParts(agent: AgentConfig, needs: AssembleNeeds) {
  const { inputSize, questions = 1, seed } = needs;
  const rngs = Object.fromEntries(STREAMS.map((name) => [name, createRng(`${seed}/${name}`)])) as Rngs;
  const rng = (name: keyof Rngs): Rng => rngs[name];
  const made = {
    cell: await resolvePart('cells', agent.cell),
    estimator: await resolvePart('estimators', agent.estimator),
    features: await resolvePart('features', agent.features),
    head: await resolvePart('heads', agent.head),
    rule: await resolvePart('step-sizes', agent.rule),
    headRule: agent.headRule && (await resolvePart('step-sizes', agent.headRule)),
    growth: await resolvePart('growth', agent.growth),
  };
  const cell = made.cell.create(rng('cell'), { inputSize });
  const estimator = made.estimator.create(rng('estimator'), { cell });
  const outputSize = cell.readout.length;
  const features = made.features.create(rng('features'), { outputSize, observationSize: inputSize });
  const head = made.head.create(rng('head'), {
    size: features.size,
    outputs: questions,
    ...(needs.actionSpace ? { actions: actionsOf(needs.actionSpace) } : {}),
    ...(needs.steps === undefined ? {} : { steps: needs.steps }),
  });
  const inputs = agent.inputs ? normaliser(inputSize, agent.inputs) : null;
  let ruleMacs = 0;
  let readsReach = false;
  let growth: Growth | undefined;
  const settings: LearnerSettings = {
    clip: agent.clip,
    keepStateAcrossEpisodes: agent.keepStateAcrossEpisodes,
    learning: needs.learning ?? true,
    nonFinite: agent.nonFinite,
    feedback: agent.feedback && randomFeedback(agent.feedback.scale, questions, outputSize, rng('feedback')),
  };
  const parts: LearnerParts = {
    cell,
    estimator,
    features,
    head,
    inputs,
    policy: rng('policy'),
    rule: (groups) => {
      const of = made.headRule ? { cell: made.rule, head: made.headRule } : null;
      const rule = of
        ? splitRule(groups, (group) => of[group.name].create(rng('rule'), { groups: [group] }))
        : made.rule.create(rng('rule'), { groups });
      ruleMacs = rule.macsPerStep;
      readsReach = rule.reads === 'reach';
      return rule;
    },
    growth: (learner) => (growth = made.growth.create(rng('growth'), learner)),
  };
  /** What is known once the learner stands. */
  const told = () => ({
    cost: planCost({ cell, estimator, features, head, inputs, ruleMacs, readsReach, growthMacs: growth?.macsPerStep ?? 0 }),
    exact: estimator.exactOn(growth?.learning ?? cell.rows),
    parts,
    rngs,
  });
  return { parts, settings, told };
}

const actionsOf = (space: SpaceOfActions): ActionsKnown => ({
  count: space.kind === 'discrete' ? (space.n ?? null) : null,
  space: String(space),
});

/** B [K x readout] */
function randomFeedback(scale: number, questions: number, outputs: number, rng: Rng): Float64Array {
  return Float64Array.from({ length: questions * outputs }, () => (scale * rng.normal()) / Math.sqrt(outputs));
}
