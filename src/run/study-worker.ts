/** Measures for a study in a process of its own: one setting and seed after the other, as its parent sends them. */
import type { Study } from '../experiment/study.ts';
import type { Measurement } from '../results/measurements-file.ts';
import { oneLine } from '../user-error.ts';
import { loadExperiment } from './load-experiment.ts';
import { measureOne } from './measure-one.ts';
import type { FromWorker } from './worker-process.ts';

/** One setting and seed of a study. */
export interface StudyJob {
  readonly study: string; // a name, or the whole path of a file
  readonly setting: Measurement['setting'];
  readonly seed: number;
}

export type StudyAnswer = { readonly measured: Measurement } | { readonly error: string };

process.on('SIGINT', () => undefined); // the terminal signals the whole group; the parent decides
process.on('disconnect', () => process.exit());
process.on('message', (job: StudyJob) => void answer(job).then(send));

/** Of code that nobody awaits: told in one line, and the end of this process. */
function giveUp(error: unknown): void {
  const answer: StudyAnswer = { error: oneLine('measure', error).message };
  if (!process.connected) process.exit(1);
  process.send?.({ answer, last: true } satisfies FromWorker<never, StudyAnswer>, () => process.exit(1));
}
process.on('unhandledRejection', giveUp).on('uncaughtException', giveUp);

const send = (answer: StudyAnswer): unknown => process.send?.({ answer } satisfies FromWorker<never, StudyAnswer>);

async function answer({ study: id, setting, seed }: StudyJob): Promise<StudyAnswer> {
  process.send?.({ report: null }); // its time begins
  try {
    return { measured: await measureOne(await studyOf(id), setting, seed) };
  } catch (error) {
    return { error: oneLine(`measure ${id}`, error).message };
  }
}

const loaded = new Map<string, Promise<Study>>(); // a file of the user's own is read once

function studyOf(id: string): Promise<Study> {
  const study = loaded.get(id) ?? loadExperiment(id).then(({ experiment }) => experiment as Study);
  loaded.set(id, study);
  return study;
}
