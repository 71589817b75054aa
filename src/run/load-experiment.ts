/** An experiment or a study: a file of experiments/ by name, or the user's own by its path, as TypeScript or as JSON. */
import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { defineExperiment, type Experiment } from '../experiment/experiment.ts';
import { experimentOfJson } from '../experiment/experiment-of-json.ts';
import { isStudy, type Study } from '../experiment/study.ts';
import { isPath, loadFile, loadNamed } from '../registry.ts';
import { systemReason } from '../results/system-reason.ts';
import { UserError } from '../user-error.ts';

export interface LoadedExperiment<T = Experiment | Study> {
  readonly id: string; // by which another process loads it: a name, or a whole path
  readonly name: string; // of its folder under results/
  readonly experiment: T;
}

export const isStudyLoaded = (loaded: LoadedExperiment): loaded is LoadedExperiment<Study> =>
  isStudy(loaded.experiment);

export async function loadExperiment(id: string, env?: string): Promise<LoadedExperiment> {
  if (env !== undefined) {
    throw new UserError(
      `Cannot run ${id} in ${env}: an experiment brings its own environment; leave one of the two out`,
    );
  }
  const isJson = id.endsWith('.json');
  if (!isJson && !isPath(id)) return { id, name: id, experiment: checked(await loadNamed('../experiments', id), id) };
  const experiment = isJson ? experimentOfJson(readJson(id), id) : checked(await loadFile(id), id);
  return { id: resolve(id), name: nameOf(id), experiment };
}

/** The name of the file, as far as it can be one of a folder. */
const nameOf = (path: string): string =>
  basename(path)
    .replace(/\.\w+$/, '')
    .replace(/[^A-Za-z0-9._-]/g, '-');

function checked(loaded: unknown, id: string): Experiment | Study {
  if (isStudy(loaded)) return loaded;
  if (typeof loaded === 'object' && loaded !== null && 'sweep' in loaded && 'question' in loaded) {
    return defineExperiment(loaded as Experiment); // as one that was written without it
  }
  throw new UserError(
    `Cannot use ${id} as an experiment: its default export must be one, defineExperiment({ question, title, sweep, seeds })`,
  );
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const reason = error instanceof SyntaxError ? error.message.replaceAll(/\s*\n\s*/g, ' ') : systemReason(error);
    throw new UserError(`Cannot load ${path}: ${reason}`, { cause: error });
  }
}
