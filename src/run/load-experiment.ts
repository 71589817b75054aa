/** An experiment or a study by name: a file of experiments/. */
import type { Experiment } from '../experiment/experiment.ts';
import type { Study } from '../experiment/study.ts';
import { loadNamed } from '../registry.ts';
import { UserError } from '../user-error.ts';

export interface LoadedExperiment {
  readonly name: string; // of its folder under results/
  readonly experiment: Experiment | Study;
}

export async function loadExperiment(id: string, env?: string): Promise<LoadedExperiment> {
  if (env !== undefined) {
    throw new UserError(
      `Cannot run ${id} in ${env}: an experiment brings its own environment; leave one of the two out`,
    );
  }
  return { name: id, experiment: (await loadNamed('../experiments', id)) as Experiment | Study };
}
