/** An experiment is a question, a sweep of settings, how to run one of them, and what the answers are worth. */
import { explainedByAgent } from './explained-by-agent.ts';
import { predictionRun } from './prediction-run.ts';

/** What an experiment sees of a run that ended. */
export interface ScoredRun {
  readonly agent: string;
  readonly seed: string | number;
  readonly status: string;
  readonly msre: number | null;
  readonly explained: number | null;
  readonly return?: number | null; // where the agent acts
  readonly success?: number | null;
  readonly bits?: number | null; // where it tells classes
  readonly excess?: number; // beyond the entropy rate, where that is known
  readonly level?: number; // of a curriculum, where it ended
  readonly folder?: string; // <setting>/<seed>, at its end
}

/** One method in one environment: what `sweep` lists, and what the hash of a run is made of. */
export interface ExperimentSetting {
  readonly agent: string; // id or file of a recipe
  readonly name?: string; // of the method, in tables and pictures, where one agent is several; the agent's unless said
  readonly env: Readonly<Record<string, unknown>> & { readonly id: string }; // its id, and options of the environment
  readonly steps: number; // of one run
  readonly agentOptions?: Readonly<Record<string, unknown>>; // laid over the recipe, e.g. { rule: { alpha: .001 } }
  readonly every?: number; // steps per line of metrics; by default a fiftieth of them
  readonly window?: number; // last steps that the final error averages; by default a tenth
}

/**
 * A question about agents and environments, with the settings that answer it. Files of experiments/ export one by
 * default.
 */
export interface Experiment {
  readonly question: string;
  readonly title: string; // of the picture
  /** What a report judges runs by where it is not told; the final figure unless said. */
  readonly metric?: 'auc' | 'explained' | 'excess' | 'level';
  /** Options of the agent (agent.cell.id) that part a report's tables and pictures as tasks do. */
  readonly panels?: readonly string[];
  /** The settings to compare, listed or by `sweepOver`; `full` asks for the published size. */
  sweep(full: boolean): readonly ExperimentSetting[];
  /** How many seeds each setting is run with, 0 .. n - 1. */
  seeds(full: boolean): number;
  /** What is run for one of them, as `resolveSetting` takes it; `predictionRun` unless there is a reason. */
  run(setting: ExperimentSetting): Promise<Record<string, unknown>>;
  /** Numbers that answer the question, from all runs. */
  score(results: readonly ScoredRun[]): Readonly<Record<string, number | null>>;
}

/** `run` and `score` are the usual ones unless they are said. */
type ExperimentInput = Omit<Experiment, 'run' | 'score'> & Partial<Pick<Experiment, 'run' | 'score'>>;

/** An experiment that runs and scores predictions, unless it says how else. */
export const defineExperiment = (experiment: ExperimentInput): Experiment => ({
  run: predictionRun,
  score: explainedByAgent,
  ...experiment,
});
