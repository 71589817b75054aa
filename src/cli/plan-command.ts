/** agent-state plan --agent A: what every estimator would cost this agent, and which to take. */
import { createInteraction } from '../interaction.ts';
import { agentSchema, type AgentConfig } from '../agent.ts';
import { classCount } from '../classes.ts';
import { loadAgent } from '../agent-by-name.ts';
import { merge } from '../merge.ts';
import { parseOptions } from '../options.ts';
import { cpuClock } from '../plan/cpu-clock.ts';
import { planAgent, type EstimatorPlan, type Plan } from '../plan/plan-agent.ts';
import { textTable } from '../plots/table.ts';
import { resolvePart } from '../resolve-part.ts';
import { loadWorld } from '../run/world.ts';
import { UserError } from '../user-error.ts';
import { positiveNumber, wholeNumber } from './numbers.ts';
import { parseRooted } from './overrides.ts';
import { printJson } from './print-json.ts';

export interface PlanOptions {
  readonly agent?: string;
  readonly env?: string;
  readonly inputs?: string;
  readonly us?: string;
  readonly macs?: string;
  readonly set: readonly string[];
  readonly path?: string;
  readonly json?: boolean;
}

export async function planCommand(options: PlanOptions): Promise<void> {
  if (options.agent === undefined) throw new UserError('Cannot plan nothing: name an agent with --agent (list agents)');
  const given = parseRooted(options.set, ['agent', 'env']);
  const loaded = await loadAgent(options.agent);
  const { id, ...recipe } = loaded;
  const agent = parseOptions(agentSchema, merge(recipe, given['agent'] ?? {}), `use agent ${id}`);
  const world = await worldOf(agent, options, given['env'] ?? {});
  const budget = {
    us: options.us === undefined ? null : positiveNumber('--us', options.us),
    macs: options.macs === undefined ? null : wholeNumber('--macs', options.macs),
  };
  const plan = await planAgent(agent, {
    seed: 0,
    path: pathOf(options.path),
    budget,
    clock: cpuClock,
    ...world,
  });
  if (options.json) return printJson(plan);
  print(id, agent, plan, budget.us !== null || budget.macs !== null);
}

function pathOf(path: string | undefined): 'auto' | 'reference' | 'compiled' {
  if (path === undefined || path === 'auto') return 'auto';
  if (path === 'reference' || path === 'compiled') return path;
  throw new UserError(`Cannot use --path ${path}: it is auto, reference or compiled`);
}

const INPUTS = 10;

async function worldOf({ head }: AgentConfig, { env, inputs }: PlanOptions, given: object) {
  const { part, options } = await resolvePart('heads', head);
  const tells = part.classes?.(options) === true;
  if (env === undefined) {
    if (tells)
      throw new UserError(`Cannot plan for head ${head.id} without --env: how many classes does it tell apart?`);
    return { inputSize: inputs === undefined ? INPUTS : wholeNumber('--inputs', inputs), discount: null, delay: null };
  }
  if (inputs !== undefined)
    throw new UserError('Cannot plan for --inputs and --env at once: the environment brings its own');
  const made = (await loadWorld({ ...given, id: env })).make();
  const { metadata } = made;
  const { inputSize } = createInteraction(made, { seed: 0, steps: 1, discount: metadata.discount ?? 0.9 });
  made.close();
  const known = {
    inputSize,
    discount: metadata.discount,
    delay: metadata.delay ?? null,
    actionSpace: made.actionSpace,
  };
  return tells ? { ...known, questions: classCount(metadata) ?? 1, hasTargets: true } : known;
}

function print(id: string, { cell, estimator }: AgentConfig, plan: Plan, hasBudget: boolean): void {
  const { units, components, parameters, inputs } = plan;
  const state = components === 1 ? `${units} units` : `${units} units of ${components} numbers`;
  console.log(
    `${id}: ${cell.id}, ${state}, ${inputs} inputs, ${count(parameters)} parameters; learns by ${estimator.id}`,
  );
  console.log(`snap is exact from n = ${plan.saturation} on\n`);
  const right = (title: string) => ({ title, align: 'right' as const });
  const columns = [{ title: 'estimator' }, { title: 'gradient' }, right('kept'), right('numbers'), right('bytes')];
  console.log(
    textTable([...columns, right('MACs/step'), right('us/step'), { title: 'path' }], plan.estimators.map(row)),
  );
  for (const why of new Set(plan.refused.map((one) => one.why))) {
    const labels = plan.refused.filter((one) => one.why === why).map(({ label }) => label);
    console.log(`${labels.join(', ')}: ${why}`);
  }
  if (plan.estimators.some(({ time }) => time?.isTimed === false)) console.log('~ from smaller nets of the same parts');
  for (const warning of plan.warnings) console.log(`\nnote: ${warning}`);
  const { recommended } = plan;
  const within = hasBudget ? ' within the budget' : '';
  if (recommended)
    console.log(
      `\ntake${within}: ${recommended.label} (${recommended.gradient}, ${timeOf(recommended)} us, ${count(recommended.macsPerStep)} MACs)`,
    );
  else console.log('\ntake: nothing fits the budget; make the net smaller or of columns');
}

function row(plan: EstimatorPlan): string[] {
  return [
    plan.label,
    `${plan.gradient}${plan.needsTargets ? ', needs targets' : ''}${plan.longest === null ? '' : `, <= ${plan.longest} steps`}`,
    plan.kept === null ? '-' : `${(100 * plan.kept).toPrecision(3)} %`,
    count(plan.entries),
    count(plan.bytes),
    count(plan.macsPerStep),
    timeOf(plan),
    plan.time?.path ?? '-',
  ];
}

const timeOf = ({ time }: EstimatorPlan): string =>
  time === null ? '-' : `${time.isTimed ? '' : '~'}${time.us.toPrecision(3)}`;

const count = (value: number): string => Math.round(value).toLocaleString('en');
