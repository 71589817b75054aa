import type { AnyEnv } from '@rl-tools/envs';
import { assemble } from '../assemble.ts';
import { readCheckpoint, restoreArrays } from '../checkpoint.ts';
import type { BinRecord } from '../evaluation/bins.ts';
import { type Evaluator, evaluator } from '../evaluation/evaluator.ts';
import { createInteraction, type Interaction } from '../interaction.ts';
import type { Learner } from '../learner.ts';
import type { Cost } from '../planner.ts';
import type { Setting } from './setting.ts';
import { loadWorld } from './world.ts';

/** Everything one run needs, made and checked but not started. */
export interface Prepared {
  readonly env: AnyEnv;
  readonly interaction: Interaction;
  readonly learner: Learner;
  readonly evaluator: Evaluator;
  readonly cost: Cost;
  readonly exact: boolean;
}

export async function prepare(
  setting: Setting,
  seed: string | number,
  emit: (record: BinRecord) => void,
): Promise<Prepared> {
  const env = (await loadWorld(setting.env)).make();
  const { steps, discount, include } = setting;
  const interaction = createInteraction(env, { seed, steps, discount, include });
  const assembled = await assemble(setting.agent, { inputSize: interaction.inputSize, seed, learning: setting.learn });
  if (setting.load !== null) {
    restoreArrays(readCheckpoint(setting.load), assembled.learner, setting.load);
    // What was learned stays; the life it was learned in is over, and time begins anew.
    assembled.learner.write('learner.time', Float64Array.of(0));
    assembled.learner.reset();
  }
  return { env, interaction, ...assembled, evaluator: evaluator(setting.target, setting.every, emit) };
}
