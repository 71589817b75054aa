import { type AgentConfig, agentSchema, type Choice } from './agent.ts';
import { parseOptions } from './options.ts';
import { isPath, loadFile, loadNamed, pathFrom } from './registry.ts';

/** A recipe by id (agents/<id>), or by the path of a file that default-exports one: its own paths start from there. */
export async function loadAgent(id: string): Promise<AgentConfig & { readonly id: string }> {
  if (!isPath(id)) return { ...parseOptions(agentSchema, await loadNamed('../agents', id), `use agent ${id}`), id };
  const agent = parseOptions(agentSchema, await loadFile(id), `use agent ${id}`);
  const from = (choice: Choice): Choice => ({
    ...choice,
    ...(isPath(choice.id) ? { id: pathFrom(id, choice.id) } : {}),
    ...within(choice, 'layers', from),
    ...within(choice, 'groups', from),
  });
  const { cell, estimator, features, head, rule, growth } = agent;
  return {
    ...agent,
    cell: from(cell),
    estimator: from(estimator),
    features: from(features),
    head: from(head),
    rule: from(rule),
    growth: from(growth),
    id,
  };
}

/** Choices inside a choice: the layers of a stack, the estimators of groups. */
function within(choice: Choice, name: 'layers' | 'groups', from: (inner: Choice) => Choice): Record<string, unknown> {
  const inner = choice[name];
  if (!Array.isArray(inner)) return {};
  return { [name]: inner.map((one: unknown) => (isChoice(one) ? from(one) : one)) };
}

const isChoice = (value: unknown): value is Choice => typeof (value as Choice | null)?.id === 'string';
