/** A run of lanes: an environment for each, stepped together, and one learner for all. */
import { assembleLanes } from '../assemble.ts';
import { type Checkpoint, readCheckpoint } from '../checkpoint.ts';
import { classCount, hearsProbabilities } from '../classes.ts';
import { createLanesInteraction } from '../lane-interaction.ts';
import type { LanesLearner } from '../lanes.ts';
import { lanesInChunks } from '../lanes-in-chunks.ts';
import type { MetricsRow } from '../results/metrics-file.ts';
import { stepSizesInUse } from '../step-sizes-in-use.ts';
import { UserError } from '../user-error.ts';
import { lanesScoring } from './lanes-scoring.ts';
import { pathOf, type Prepared, type RunState, startOver } from './prepare.ts';
import type { Setting } from './setting.ts';
import { loadWorld } from './world.ts';

export async function prepareLanes(
  setting: Setting,
  seed: string | number,
  emit: (row: MetricsRow) => void,
  own: Checkpoint | null = null,
): Promise<Prepared> {
  const { agent, steps, discount, include } = setting;
  refuse(setting);
  const loaded = own === null && setting.load !== null ? readCheckpoint(setting.load) : null;
  const source = (own ?? loaded)?.state as RunState | undefined;
  const { make } = await loadWorld(setting.env);
  const envs = Array.from({ length: agent.lanes ?? 1 }, () => make());
  const env = envs[0]!;
  const classes = classCount(env.metadata)!;
  const hears = hearsProbabilities(env);
  const interaction = createLanesInteraction(envs, {
    ...{ seed, steps, discount, include, classes },
    task: loaded === null ? undefined : source?.interaction.env,
    together: agent.updateEvery === 'episode',
    ...(hears ? { policy: (lane) => () => learner().reports[lane]!.prediction } : {}),
  });
  const partsSeed = source?.partsSeed ?? seed;
  const assembled = await assembleLanes(agent, {
    inputSize: interaction.inputSize,
    observed: env.observationSpace.size,
    questions: classes,
    seed: partsSeed,
    learning: setting.learn,
    actionSpace: env.actionSpace,
    steps,
    ...pathOf(setting, own),
  });
  const learner = (): LanesLearner => assembled.learner; // asked for at the second step
  const inChunks = lanesInChunks(assembled.learner, interaction.waits);
  const { rule, arrays } = assembled.learner;
  const moved = new Set((['cell', 'head'] as const).filter((name) => `gathered.${name}` in arrays));
  if (loaded !== null) startOver(loaded, inChunks, setting.load!);
  // A resumed run took its path at the beginning, for the reason given then.
  const chosen = own === null ? assembled.chosen : (source?.chosen ?? assembled.chosen);
  return {
    ...assembled,
    chosen,
    env,
    close: () => envs.forEach((one) => one.close()),
    interaction,
    learner: inChunks,
    lanes: envs.length,
    stepSizes: stepSizesInUse({ learner: inChunks, rule, isTwin: false, parts: assembled.parts, moved }),
    partsSeed,
    acts: hears,
    speech: null,
    evaluator: lanesScoring(setting, env, interaction.waits, emit),
  };
}

function refuse({ target, threads, env }: Setting): void {
  if (target !== 'bits') {
    throw new UserError(
      `Cannot learn ${env.id} in lanes: they learn classes from targets; take head softmax, or lanes 1 and updateEvery 1`,
    );
  }
  if (threads > 1) throw new UserError('Cannot split lanes over threads: use --threads 1');
}
