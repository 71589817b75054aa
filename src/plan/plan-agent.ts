/**
 * Before training: what every estimator would cost this agent, whether its gradient is the true one, and which to take
 * within a budget.
 */
import type { AgentConfig, Choice } from '../agent.ts';
import { type AssembleNeeds, assembleReference } from '../assemble.ts';
import { estimatorLabel, estimatorVariants } from '../estimator-variants.ts';
import type { Estimator, Rows } from '../types.ts';
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
  readonly clock: (() => number) | null; // ms; null: times are not told
}

export async function planAgent(agent: AgentConfig, needs: PlanAgentNeeds): Promise<Plan> {
  const rtrl = await assembleReference({ ...agent, estimator: { id: 'rtrl' } }, needs);
  const { rows } = rtrl.parts.cell;
  const estimators: EstimatorPlan[] = [];
  const refused: { label: string; why: string }[] = [];
  for (const estimator of choices(agent)) {
    const label = estimatorLabel(estimator);
    try {
      estimators.push(await planOne({ ...agent, estimator }, label, rtrl.cost.entries, needs));
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      refused.push({ label, why: error.message });
    }
  }
  return {
    units: rows.units,
    components: rows.components,
    inputs: rows.inputSize,
    parameters: rtrl.cost.parameters,
    saturation: saturation(rows),
    estimators,
    refused,
    warnings: warnings({ rows, lambda: lambdaOf(agent), discount: needs.discount ?? null, delay: needs.delay ?? null }),
    recommended: recommend(estimators, needs.budget ?? {}),
  };
}

/** The folder's, and the agent's own where it is another setting. */
function choices({ estimator }: AgentConfig): Choice[] {
  const all = estimatorVariants();
  return all.some((choice) => estimatorLabel(choice) === estimatorLabel(estimator)) ? all : [estimator, ...all];
}

async function planOne(agent: AgentConfig, label: string, all: number, needs: PlanAgentNeeds): Promise<EstimatorPlan> {
  const { parts, cost } = await assembleReference(agent, needs);
  const { estimator, cell } = parts;
  const needsTargets = estimator.teach !== undefined;
  const { clock } = needs;
  const time = clock && (await stepTime(agent, { ...needs, cost, clock, hasTargets: needsTargets }));
  return {
    estimator: agent.estimator,
    label,
    gradient: verdict(parts.estimator, cell.rows),
    kept: all > 0 && keepsInfluence(estimator) ? cost.entries / all : null,
    entries: cost.entries,
    bytes: cost.bytes,
    macsPerStep: cost.macsPerStep,
    time,
    needsTargets,
  };
}

function verdict(estimator: Estimator, rows: Rows): Verdict {
  if (estimator.exactOn(rows)) return 'exact';
  if (estimator.cost.macsPerStep === 0) return 'none';
  return estimator.unbiased === true ? 'unbiased' : 'biased';
}

const keepsInfluence = ({ arrays }: Estimator): boolean => 'traces' in arrays || 'influence' in arrays;

const lambdaOf = ({ rule }: AgentConfig): number | null => (typeof rule['lambda'] === 'number' ? rule['lambda'] : null);
