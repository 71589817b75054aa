/**
 * Before training: what every estimator would cost this agent, whether its gradient is the true one, and which to take
 * within a budget.
 */
import { createRng } from '@rl-tools/envs';
import type { AgentConfig, Choice } from '../agent.ts';
import { type AssembleNeeds, assembleReference } from '../assemble.ts';
import { estimatorLabel, estimatorVariants } from '../estimator-variants.ts';
import rtrl from '../estimators/rtrl.ts';
import { resolvePart } from '../resolve-part.ts';
import { canonicalJson } from '../results/canonical-json.ts';
import type { Estimator } from '../types.ts';
import { UserError } from '../user-error.ts';
import { recommend } from './recommend.ts';
import { saturation } from './saturation.ts';
import { stepTime, type StepTime } from './step-time.ts';
import { warnings } from './warnings.ts';

export type Verdict = 'exact' | 'unbiased' | 'biased' | 'none';

export interface EstimatorPlan {
  readonly estimator: Choice;
  readonly label: string;
  readonly gradient: Verdict;
  readonly kept: number | null; // of the influence that RTRL stores, the share; null: it stores something else
  readonly entries: number;
  readonly bytes: number; // parameters and influence, float64
  readonly macsPerStep: number; // of the whole learner
  readonly time: StepTime | null;
  readonly needsTargets: boolean;
  readonly longest: number | null; // steps of an episode that it can hold; null: any
}

export interface Plan {
  readonly units: number;
  readonly components: number;
  readonly inputs: number;
  readonly parameters: number;
  readonly saturation: number; // least n for which snap is exact
  readonly estimators: readonly EstimatorPlan[];
  readonly refused: readonly { readonly label: string; readonly why: string }[];
  readonly warnings: readonly string[];
  readonly recommended: EstimatorPlan | null; // null: nothing fits the budget
}

export interface Budget {
  readonly us?: number | null; // per step
  readonly macs?: number | null; // per step
}

export interface PlanAgentNeeds extends AssembleNeeds {
  readonly budget?: Budget;
  readonly discount?: number | null; // of the environment
  readonly delay?: number | null; // of the environment
  readonly hasTargets?: boolean; // it learns from targets
  readonly clock: (() => number) | null; // ms; null: times are not told
}

/** Of lanes: what one of them costs, with a change of the weights at every step. */
export async function planAgent(recipe: AgentConfig, needs: PlanAgentNeeds): Promise<Plan> {
  const agent = { ...recipe, lanes: 1, updateEvery: 1 };
  const { parts, cost } = await assembleReference(agent, needs); // what `run` refuses is refused here too
  const { cell } = parts;
  const { rows } = cell;
  if (rows.source.length === 0) throw new UserError('Cannot plan estimators: the cell has no parameters to learn');
  const all = rtrl.create({}, createRng('plan'), { cell }).cost.entries;
  const estimators: EstimatorPlan[] = [];
  const refused: { label: string; why: string }[] = [];
  for (const { choice: estimator, label } of await choices(agent)) {
    try {
      estimators.push(await planOne({ ...agent, estimator }, label, all, needs));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      refused.push({ label, why: error.message });
    }
  }
  return {
    units: rows.units,
    components: rows.components,
    inputs: rows.inputSize,
    parameters: cost.parameters,
    saturation: saturation(rows),
    estimators,
    refused,
    warnings: warnings({
      rows,
      readout: cell.readout,
      lambda: await lambdaOf(agent),
      discount: needs.discount ?? null,
      delay: needs.delay ?? null,
      feedback: agent.feedback !== null,
      horde: parts.head.horde,
    }),
    recommended: recommend(estimators, needs.budget ?? {}),
  };
}

/** The folder's, and the agent's own before them where it is another setting. */
async function choices({ estimator }: AgentConfig): Promise<{ choice: Choice; label: string }[]> {
  const resolved = async (choice: Choice): Promise<string> =>
    canonicalJson((await resolvePart('estimators', choice)).choice);
  const own = await resolved(estimator);
  const variants = estimatorVariants();
  const isListed = (await Promise.all(variants.map(resolved))).includes(own);
  return [...(isListed ? [] : [estimator]), ...variants].map((choice) => ({ choice, label: estimatorLabel(choice) }));
}

async function planOne(agent: AgentConfig, label: string, all: number, needs: PlanAgentNeeds): Promise<EstimatorPlan> {
  const { parts, cost, exact } = await assembleReference(agent, needs);
  const { estimator } = parts;
  const needsTargets = estimator.teach !== undefined;
  const { clock } = needs;
  const time =
    clock && (await stepTime(agent, { ...needs, cost, clock, hasTargets: needs.hasTargets === true || needsTargets }));
  return {
    estimator: agent.estimator,
    label,
    gradient: verdict(estimator, exact, agent.feedback !== null),
    // Whole units may hold a few numbers that are always 0.
    kept: all > 0 && keepsInfluence(estimator) ? Math.min(1, cost.entries / all) : null,
    entries: cost.entries,
    bytes: cost.bytes,
    macsPerStep: cost.macsPerStep,
    time,
    needsTargets,
    longest: estimator.longest ?? null,
  };
}

function verdict(estimator: Estimator, exact: boolean, isFedBack: boolean): Verdict {
  if (estimator.cost.macsPerStep === 0) return 'none';
  if (isFedBack) return 'biased'; // errors come back through a random matrix
  if (exact) return 'exact';
  return estimator.unbiased === true ? 'unbiased' : 'biased';
}

const keepsInfluence = ({ arrays }: Estimator): boolean => 'traces' in arrays || 'influence' in arrays;

async function lambdaOf({ rule }: AgentConfig): Promise<number | null> {
  const { lambda } = (await resolvePart('step-sizes', rule)).options;
  return typeof lambda === 'number' ? lambda : null;
}
