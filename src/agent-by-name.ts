import { type AgentConfig, agentSchema } from './agent.ts';
import { parseOptions } from './options.ts';
import { isPath, loadFile, loadNamed } from './registry.ts';

/** A recipe by id (agents/<id>) or by the path of a file that default-exports one. */
export async function loadAgent(id: string): Promise<AgentConfig & { readonly id: string }> {
  const loaded = isPath(id) ? await loadFile(id) : await loadNamed('../agents', id);
  return { ...parseOptions(agentSchema, loaded, `use agent ${id}`), id };
}
