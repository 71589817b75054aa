/** From a recipe to a learner: loads the parts by id, checks their options, and gives each a random stream of its own. */
import { createRng, type Rng } from '@rl-tools/envs';
import { type AgentConfig, hasLanes } from './agent.ts';
import type { ActionsKnown } from './control.ts';
import { loadKernels } from './kernels/module.ts';
import type { LanesLearner } from './lanes.ts';
import { createLanesOn } from './lanes-on-path.ts';
import {
  createLearner,
  type Learner,
  type LearnerParts,
  type LearnerSettings,
  type ReferenceLearner,
} from './learner.ts';
import { normaliser } from './normaliser.ts';
import { parseOptions } from './options.ts';
import { createLearnerOn, type PathChosen, type PathOptions, referencePath } from './paths.ts';
import { type Cost, planCost } from './planner.ts';
import { checkQuestions, type Question } from './questions.ts';
import { resolvePart, type ResolvedPart } from './resolve-part.ts';
import { followingRows, restructurable } from './restructuring.ts';
import { splitRule } from './split-rule.ts';
import type { StepSizes } from './step-sizes-in-use.ts';
import type { Estimator, Growth, StepSizeRule } from './types.ts';
import { UserError } from './user-error.ts';

/** What a recipe does not say: sizes of the world, the seed, and on which path to run. */
export interface AssembleNeeds extends PathOptions {
  readonly inputSize: number; // m, entries of x_t
  readonly questions?: number; // where the head asks none of its own
  readonly observed?: number; // entries of the environment's observation, where the input holds more
  readonly seed: string | number; // every part draws from a stream of its own, named after it
  readonly learning?: boolean; // false: predict only
  readonly actionSpace?: SpaceOfActions; // where the head is to choose actions
  readonly steps?: number; // of the run, where known
}

/** What is asked of an action space: that of any environment will do. */
export interface SpaceOfActions {
  readonly kind: string;
  readonly n?: number;
  toString(): string;
}

/** A learner made from a recipe, what it costs, and its parts. */
export interface Assembled<L = Learner> {
  readonly learner: L; // ready for its first step
  readonly chosen: PathChosen; // the path it runs on, and why
  readonly cost: Cost; // multiply-adds per step, by part
  readonly exact: boolean; // the estimator gives the true gradient on this cell
  readonly parts: LearnerParts; // it is made of
  readonly rngs: Rngs; // a part may draw while it learns: what a checkpoint saves of them
}

export interface AssembledOnPath extends Assembled {
  readonly stepSizes: StepSizes | null; // as they stand; null: settings of the rule fix them, or nothing is learned
}

const STREAMS = ['cell', 'estimator', 'features', 'head', 'rule', 'growth', 'feedback', 'policy'] as const;
export type Rngs = Readonly<Record<(typeof STREAMS)[number], Rng>>;

/** The learner on the path asked for, by default the fastest that every part can take. */
export async function assemble(agent: AgentConfig, needs: AssembleNeeds): Promise<AssembledOnPath> {
  takesLanes(agent);
  const { parts, settings, told } = await makeParts(agent, needs);
  await loadKernels(needs);
  const { rule, ...made } = createLearnerOn(parts, settings, needs);
  return { ...made, ...told(rule) };
}

/** The learner of the reference path, which shows its cell and gradient and can be compared with others. */
export async function assembleReference(
  agent: AgentConfig,
  needs: Omit<AssembleNeeds, keyof PathOptions>,
): Promise<Assembled<ReferenceLearner>> {
  takesLanes(agent);
  const { parts, settings, told } = await makeParts(agent, needs);
  const learner = createLearner(parts, settings);
  return { learner, chosen: referencePath('asked for'), ...told(learner.rule) };
}

/** The learner of lanes, on the path asked for; costs are those of a step of one lane with a change of its own. */
export async function assembleLanes(agent: AgentConfig, needs: AssembleNeeds): Promise<Assembled<LanesLearner>> {
  const { parts, settings, told, rngs, anotherLane, moves } = await makeParts(agent, needs);
  const { lanes: B = 1, updateEvery, overLanes, growth } = agent;
  if (growth.id !== 'none' && !moves) throw new UserError(`Cannot grow by ${growth.id} in lanes: set growth to none`);
  const { cell, head, rule, estimator, features, inputs = null } = parts;
  const lanes = [{ estimator, features, inputs }, ...Array.from({ length: B - 1 }, (_, i) => anotherLane(i + 1))];
  const growing = moves ? { growth: parts.growth! } : {};
  const on = { ...settings, updateEvery, overLanes };
  await loadKernels(needs);
  const { learner, chosen } = createLanesOn({ cell, head, rule, lanes, ...growing }, on, needs);
  return { learner, chosen, ...told(learner.rule), rngs };
}

function takesLanes(agent: AgentConfig): void {
  if (!hasLanes(agent)) return;
  throw new UserError(
    'Cannot make a learner of one lane of this agent: it has lanes or updateEvery; leave them at 1, or use assembleLanes',
  );
}

async function makeParts(agent: AgentConfig, needs: AssembleNeeds) {
  const { inputSize, observed = inputSize, seed } = needs;
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
  const asks = asked(made.head, observed);
  const questions = asks?.length ?? needs.questions ?? 1;
  const moves = made.growth.part.restructures === true;
  const still = made.cell.create(rng('cell'), { inputSize });
  const cell = moves ? restructurable(still) : still;
  const outputSize = cell.readout.length;
  const estimatorOf = (own: Rng): Estimator => {
    const create = (): Estimator => sequencesOf(agent, made.estimator.create(own, { cell }));
    return moves ? followingRows(cell, create) : create();
  };
  const ofLane = (draw: (name: keyof Rngs) => Rng) => ({
    estimator: estimatorOf(draw('estimator')),
    features: made.features.create(draw('features'), { outputSize, observationSize: inputSize }),
    inputs: agent.inputs ? normaliser(inputSize, agent.inputs) : null,
  });
  const first = ofLane(rng);
  const { estimator, features, inputs } = first;
  const head = made.head.create(rng('head'), {
    size: features.size,
    outputs: questions,
    observed,
    ...(needs.actionSpace ? { actions: actionsOf(needs.actionSpace) } : {}),
    ...(needs.steps === undefined ? {} : { steps: needs.steps }),
  });
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
    ...first,
    head,
    policy: rng('policy'),
    rule: (groups, lambda = null) => {
      const of = made.headRule ? { cell: made.rule, head: made.headRule } : null;
      if (!of) return withLambda(made.rule, lambda).create(rng('rule'), { groups });
      return splitRule(groups, (group) => withLambda(of[group.name], lambda).create(rng('rule'), { groups: [group] }));
    },
    growth: (learner) => (growth = made.growth.create(rng('growth'), learner)),
  };
  /** What is known once the learner stands. */
  const told = (rule: StepSizeRule) => ({
    cost: planCost({
      cell,
      estimator,
      features,
      head,
      inputs,
      ruleMacs: rule.macsPerStep,
      readsReach: rule.reads === 'reach',
      growthMacs: growth?.macsPerStep ?? 0,
    }),
    exact: estimator.exactOn(growth?.learning ?? cell.rows),
    parts,
    rngs,
  });
  /** Draws from streams of its own, which are added to `rngs`. */
  const anotherLane = (b: number) =>
    ofLane((name) => ((rngs as Record<string, Rng>)[`lane/${b}/${name}`] ??= createRng(`${seed}/lane/${b}/${name}`)));
  return { parts, settings, told, rngs, anotherLane, moves };
}

/** Where weights stay as they are through a sequence, some can go back once at its end. */
const sequencesOf = ({ updateEvery }: AgentConfig, estimator: Estimator): Estimator =>
  updateEvery === 'episode' ? (estimator.atEnd?.() ?? estimator) : estimator;

/** What a head asks about the stream; null: the reward alone, as any head. */
export function asked({ part, options }: ResolvedPart<'heads'>, observed: number): readonly Question[] | null {
  if (!part.asks) return null;
  const questions = part.asks(options, observed);
  checkQuestions(questions, observed);
  return questions;
}

/** The rule with another lambda, for one question. */
function withLambda(rule: ResolvedPart<'step-sizes'>, lambda: number | null): Pick<typeof rule, 'create'> {
  if (lambda === null) return rule;
  const { part, choice } = rule;
  const options = parseOptions(
    part.options,
    { ...rule.options, lambda },
    `give a question a lambda of its own with ${choice.id}`,
  );
  return { create: (rng, needs) => part.create(options, rng, needs) };
}

const actionsOf = (space: SpaceOfActions): ActionsKnown => ({
  count: space.kind === 'discrete' ? (space.n ?? null) : null,
  space: String(space),
});

/** B [K x readout] */
function randomFeedback(scale: number, questions: number, outputs: number, rng: Rng): Float64Array {
  return Float64Array.from({ length: questions * outputs }, () => (scale * rng.normal()) / Math.sqrt(outputs));
}
