/** What is asked for before anything is laid over it: by an experiment, or by an agent in an environment. */
import { basename } from 'node:path';
import { z } from 'zod';
import { loadAgent } from '../agent-by-name.ts';
import type { Experiment, ExperimentSetting } from '../experiment/experiment.ts';
import { parseOptions } from '../options.ts';
import { isPath } from '../registry.ts';
import { oneLine, UserError } from '../user-error.ts';

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
  const sweep = settingsOf(name, experiment, full);
  const chosen = sweep.filter((setting) => agent === undefined || setting.agent === agent);
  if (chosen.length === 0) {
    const known = [...new Set(sweep.map((setting) => setting.agent))].join(', ');
    throw new UserError(`Cannot run ${agent} in ${name}: its agents are ${known}`);
  }
  try {
    const inputs = await Promise.all(chosen.map((setting) => experiment.run(setting)));
    return { name, experiment, inputs, seeds: experiment.seeds(full) };
  } catch (error) {
    throw oneLine(`run ${name}`, error);
  }
}

const settingSchema = z.looseObject({
  agent: z.string(),
  env: z.looseObject({ id: z.string() }),
  agentOptions: z.record(z.string(), z.unknown()).optional(),
});

/** A sweep may be written in a file of the user's own, or come from words alone. */
function settingsOf(name: string, experiment: Experiment, full: boolean): readonly ExperimentSetting[] {
  let sweep: readonly ExperimentSetting[];
  try {
    sweep = experiment.sweep(full);
  } catch (error) {
    throw oneLine(`sweep ${name}`, error);
  }
  sweep.forEach((setting, i) => parseOptions(settingSchema, setting, `use setting ${i + 1} of ${name}`));
  return sweep;
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
