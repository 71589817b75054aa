/** An experiment is a question, a sweep of settings, how to run one of them, and what the answers are worth. */

/** What an experiment sees of a run that ended. */
export interface ScoredRun {
  readonly agent: string;
  readonly seed: string | number;
  readonly status: string;
  readonly msre: number | null;
  readonly explained: number | null;
  readonly return?: number | null; // where the agent acts
  readonly success?: number | null;
}

export interface ExperimentSetting {
  readonly agent: string;
  readonly env: Readonly<Record<string, unknown>> & { readonly id: string };
  readonly steps: number;
  readonly agentOptions?: Readonly<Record<string, unknown>>; // laid over the recipe, e.g. { rule: { alpha: .001 } }
  readonly every?: number;
  readonly window?: number;
}

export interface Experiment {
  readonly question: string;
  readonly title: string; // of the picture
  /** The settings to compare; `full` asks for the published size. */
  sweep(full: boolean): readonly ExperimentSetting[];
  seeds(full: boolean): number;
  /** What is run for one of them, as `resolveSetting` takes it; `predictionRun` unless there is a reason. */
  run(setting: ExperimentSetting): Promise<Record<string, unknown>>;
  /** Numbers that answer the question, from all runs. */
  score(results: readonly ScoredRun[]): Readonly<Record<string, number | null>>;
}

export const defineExperiment = (experiment: Experiment): Experiment => experiment;
