import type { ExperimentSetting } from './experiment.ts';
import { merge } from '../merge.ts';
import { loadAgent } from '../agent-by-name.ts';

/** The usual `run` of an experiment: the named agent, with the setting's options laid over its recipe, under the setting's name. */
export async function predictionRun({
  agent,
  name,
  agentOptions = {},
  ...rest
}: ExperimentSetting): Promise<Record<string, unknown>> {
  const recipe = await loadAgent(agent);
  return { ...rest, agent: { ...merge(recipe, agentOptions), id: name ?? recipe.id } };
}
