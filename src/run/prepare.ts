import type { AnyEnv } from '@rl-tools/envs';
import { asked, assemble, type Rngs } from '../assemble.ts';
import { type Checkpoint, readCheckpoint, restoreArrays } from '../checkpoint.ts';
import { createInteraction, type Interaction, type Policy } from '../interaction.ts';
import type { Learner, LearnerParts } from '../learner.ts';
import type { PathChosen, PathOptions } from '../paths.ts';
import type { Cost } from '../planner.ts';
import { classCount, hearsProbabilities } from '../classes.ts';
import { resolvePart } from '../resolve-part.ts';
import type { MetricsRow } from '../results/metrics-file.ts';
import type { Trace } from '../results/trace-file.ts';
import type { StepSizes } from '../step-sizes-in-use.ts';
import { type Scoring, scoring } from './scoring.ts';
import type { Setting } from './setting.ts';
import { speak, type Speech } from './speech.ts';
import { loadWorld } from './world.ts';

/** Everything one run needs, made and checked but not started. */
export interface Prepared {
  readonly env: AnyEnv; // of the first lane
  readonly lanes: number;
  readonly interaction: Interaction;
  readonly learner: Learner;
  readonly parts: LearnerParts;
  readonly evaluator: Scoring;
  readonly stepSizes: StepSizes | null; // null: nothing moves them
  readonly acts: boolean; // actions are the learner's
  readonly speech: Speech | null; // the environment hears the learner's probabilities
  readonly cost: Cost;
  readonly exact: boolean;
  readonly chosen: PathChosen;
  readonly rngs: Rngs;
  readonly partsSeed: string | number; // what the parts were drawn from: wiring and first weights
  close(): void;
}

/** What a run's checkpoint holds besides the learner's arrays. */
export interface RunState {
  readonly partsSeed: string | number;
  readonly rngs?: Readonly<Record<string, unknown>>;
  readonly chosen?: PathChosen; // a run goes on on the path it began on
  readonly interaction: { readonly env: unknown };
  readonly evaluator: unknown;
  readonly episodes: readonly number[];
  readonly lastRow: number; // step of the last line in metrics.jsonl
  readonly trace?: Trace; // of the steps that trace.json is about, as far as they are lived
}

/**
 * `own` is the run's own checkpoint where it is resumed: it decides how the parts are drawn, and the checkpoint that
 * the run was once loaded from may be gone. A loaded agent keeps the wiring it was trained with and its environment's
 * task (which patterns count), whatever the seed; the seed draws the trials.
 */
export async function prepare(
  setting: Setting,
  seed: string | number,
  emit: (row: MetricsRow) => void,
  own: Checkpoint | null = null,
): Promise<Prepared> {
  const loaded = own === null && setting.load !== null ? readCheckpoint(setting.load) : null;
  const source = (own ?? loaded)?.state as RunState | undefined;
  const env = (await loadWorld(setting.env)).make();
  const { steps, discount, include } = setting;
  const task = loaded === null ? undefined : source?.interaction.env;
  const head = await resolvePart('heads', setting.agent.head);
  const classes = setting.target === 'bits' ? classCount(env.metadata) : null;
  const speech = classes !== null && hearsProbabilities(env) ? speak(classes) : null;
  const acts = head.part.acts === true || speech !== null;
  const observed = env.observationSpace.size;
  const questions = asked(head, observed);
  const policy = speech?.policy ?? chosenBy(env, () => assembled.learner);
  const live = acts ? { chunk: 1, policy } : {};
  const interaction = createInteraction(env, { seed, steps, discount, include, task, questions, classes, ...live });
  const partsSeed = source?.partsSeed ?? seed;
  const path = pathOf(setting, own);
  const needs = { inputSize: interaction.inputSize, observed, seed: partsSeed, learning: setting.learn, ...path };
  const outputs = classes === null ? {} : { questions: classes };
  const assembled = await assemble(setting.agent, { ...needs, ...outputs, actionSpace: env.actionSpace, steps });
  if (loaded !== null) startOver(loaded, assembled.learner, setting.load!);
  // A resumed run took its path at the beginning, for the reason given then.
  const chosen = own === null ? assembled.chosen : (source?.chosen ?? assembled.chosen);
  return {
    env,
    lanes: 1,
    close: () => env.close(),
    interaction,
    ...assembled,
    chosen,
    partsSeed,
    acts,
    speech,
    evaluator: scoring(setting, env.metadata, emit, questions),
  };
}

/** The learner's choice, asked for once it has seen the step before. */
function chosenBy({ actionSpace }: AnyEnv, learner: () => Learner): Policy {
  const { start = 0 } = actionSpace as { readonly start?: number }; // of a Discrete space
  return () => start + learner().action;
}

/** What was learned stays; the life it was learned in is over, and time begins anew. */
export function startOver(checkpoint: Checkpoint, learner: Learner, path: string): void {
  restoreArrays(checkpoint, learner, path);
  learner.write('learner.time', Float64Array.of(0));
  learner.reset();
}

/** The path asked for, or the one that a resumed run began on. */
export const pathOf = (setting: Setting, own: Checkpoint | null): PathOptions =>
  own === null ? pathAsked(setting) : pathTaken((own.state as RunState).chosen);

const pathAsked = ({ path, precision, simd, threads }: Setting): PathOptions => ({ path, precision, simd, threads });

function pathTaken(chosen: PathChosen | undefined): PathOptions {
  if (chosen?.path !== 'compiled') return { path: 'reference' };
  return {
    path: 'compiled',
    precision: chosen.precision,
    simd: chosen.simd ?? 'deterministic',
    threads: chosen.threads,
  };
}
