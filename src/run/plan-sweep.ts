/** A sweep, before anything runs: every setting resolved, under a name that tells it from the others, each once. */
import type { Experiment } from '../experiment/experiment.ts';
import type { RandomSearch } from '../experiment/sweep/draw-settings.ts';
import { sweepOver } from '../experiment/sweep/sweep-over.ts';
import { merge } from '../merge.ts';
import { settingHash } from '../results/setting-hash.ts';
import { planId, type SweepPlan } from '../results/sweep-plan.ts';
import { settingsOfExperiment, settingsOfPair } from './asked-settings.ts';
import { settingLabels } from './setting-labels.ts';
import { withListHint } from './swept-lists.ts';
import { uniqueSettings } from './unique-settings.ts';

type Tree = Readonly<Record<string, unknown>>;

export interface SweepNeeds {
  readonly name?: string; // of the experiment's folder under results/; a pair brings its own
  readonly experiment: Experiment | null; // null: `agent` in `env`
  readonly agent?: string | undefined; // of an experiment: the settings of this one alone
  readonly env?: string | undefined;
  readonly full?: boolean | undefined;
  readonly flags?: Tree; // laid over every setting as it is
  readonly set?: Tree; // laid over after it: a list is swept (docs/sweeps.md)
  readonly random?: RandomSearch | null; // so many of all combinations instead of all
  readonly seeds?: readonly number[] | undefined; // as many as the experiment has, 1 of a pair
}

export async function planSweep(needs: SweepNeeds): Promise<SweepPlan> {
  const { experiment, agent, env, flags = {}, set = {}, random = null } = needs;
  const asked = experiment
    ? await settingsOfExperiment(needs.name!, experiment, needs)
    : await settingsOfPair(agent, env);
  const inputs = asked.inputs.map((input) => merge(input, flags));
  const chosen = sweepOver<Chosen>({ [INPUT]: inputs.map((_, i) => i), ...set }, { random });
  const laid = chosen.map(({ [INPUT]: i, ...over }) => merge(inputs[i]!, over));
  const settings = await uniqueSettings(laid).catch((error: unknown) => {
    throw withListHint(error, set);
  });
  const labels = settingLabels(settings);
  const planned = settings.map((setting, i) => ({
    hash: settingHash(setting),
    label: labels[i]!,
    config: { ...setting },
  }));
  return {
    format: 1,
    experiment: asked.name,
    id: planId(planned),
    settings: planned,
    seeds: [...(needs.seeds ?? Array.from({ length: asked.seeds }, (_, seed) => seed))],
    createdAt: new Date().toISOString(),
    argv: process.argv.slice(2),
  };
}

/** A key that no setting has: which of the inputs. */
const INPUT = '';
type Chosen = Tree & { readonly [INPUT]: number };
