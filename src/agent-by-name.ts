import { dirname, resolve } from 'node:path';
import { type AgentConfig, agentSchema, type Choice } from './agent.ts';
import { parseOptions } from './options.ts';
import { isPath, loadFile, loadNamed } from './registry.ts';

/** A recipe by id (agents/<id>), or by the path of a file that default-exports one: its own paths start from there. */
export async function loadAgent(id: string): Promise<AgentConfig & { readonly id: string }> {
  if (!isPath(id)) return { ...parseOptions(agentSchema, await loadNamed('../agents', id), `use agent ${id}`), id };
  const agent = parseOptions(agentSchema, await loadFile(id), `use agent ${id}`);
  const from = (choice: Choice): Choice =>
    isPath(choice.id) ? { ...choice, id: resolve(dirname(id), choice.id) } : choice;
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
