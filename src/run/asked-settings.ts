/** What is asked for before anything is laid over it: by an experiment, or by an agent in an environment. */
import { basename } from 'node:path';
import { loadAgent } from '../agent-by-name.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { isPath } from '../registry.ts';
import { UserError } from '../user-error.ts';

export interface AskedSettings {
  readonly name: string; // of the folder under results/
  readonly experiment: Experiment | null;
  readonly inputs: readonly Record<string, unknown>[]; // as resolveSetting takes them
  readonly seeds: number;
}

export interface ExperimentChoice {
  readonly full?: boolean | undefined; // the published size
  readonly agent?: string | undefined; // the settings of this one alone
}

export async function settingsOfExperiment(
  name: string,
  experiment: Experiment,
  { full = false, agent }: ExperimentChoice = {},
): Promise<AskedSettings> {
  const sweep = experiment.sweep(full);
  const chosen = sweep.filter((setting) => agent === undefined || setting.agent === agent);
  if (chosen.length === 0) {
    const known = [...new Set(sweep.map((setting) => setting.agent))].join(', ');
    throw new UserError(`Cannot run ${agent} in ${name}: its agents are ${known}`);
  }
  const inputs = await Promise.all(chosen.map((setting) => experiment.run(setting)));
  return { name, experiment, inputs, seeds: experiment.seeds(full) };
}

export async function settingsOfPair(agent: string | undefined, env: string | undefined): Promise<AskedSettings> {
  if (agent === undefined || env === undefined) {
    throw new UserError('Cannot run nothing: name an experiment (agent-state list experiments), or --agent and --env');
  }
  const input = { agent: await loadAgent(agent), env: { id: env } };
  const name = `${short(agent)}.${short(env)}`.replace(/[^A-Za-z0-9._-]/g, '-');
  return { name, experiment: null, inputs: [input], seeds: 1 };
}

const short = (id: string): string => (isPath(id) ? basename(id).replace(/\.\w+$/, '') : id);
