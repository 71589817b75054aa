/** The agents that are measured: raw features and a linear head, as the peers have them, unless a case says else. */
import { type AgentConfig, agentSchema, type Choice } from '../src/agent.ts';

export type Rule = 'td-lambda' | 'rmsprop';

/** The step size of the peers, per unit, and their gamma lambda. */
export function rule(id: Rule, units: number, lambda = 0.9): Choice {
  return { id, alpha: 1e-3 / units, lambda };
}

export function recipe(cell: Choice, estimator: Choice, rule: Choice, features: Choice = { id: 'raw' }): AgentConfig {
  return agentSchema.parse({ summary: '', cell, estimator, features, rule });
}

export function columns(count: number, id: Rule, features?: Choice): AgentConfig {
  return recipe({ id: 'lstm-columns', columns: count }, { id: 'columnar' }, rule(id, count), features);
}
