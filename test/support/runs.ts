/** Small runs in this process, and what they leave on disk. */
import { existsSync, readFileSync } from 'node:fs';
import { createRunFolder, type RunFolder } from '../../src/results/run-folder.ts';
import type { RunEnd } from '../../src/run/result.ts';
import { checkpointPath, runOne, type RunOneOptions } from '../../src/run/run-one.ts';
import { resolveSetting, type Setting } from '../../src/run/setting.ts';
import { smallAgent } from './learners.ts';

export const SMALL_ENV = { id: 'trace-conditioning', isi: [4, 6], iti: [8, 10], distractors: 2 };

export function smallSetting(over: Record<string, unknown> = {}): Promise<Setting> {
  const agent = { ...smallAgent({ features: { id: 'normalised' }, rule: { id: 'rmsprop' } }), id: 'small' };
  return resolveSetting({ agent, env: SMALL_ENV, steps: 3000, every: 200, ...over });
}

export interface Files {
  readonly checkpoint: string; // bytes, in latin1 so that a difference is shown
  readonly metrics: string;
  readonly stepSizes: string;
  readonly trace: string;
  readonly alignment: string;
}

export function filesOf(folder: RunFolder): Files {
  const ifThere = (path: string): string => (existsSync(path) ? readFileSync(path, 'latin1') : '');
  return {
    checkpoint: ifThere(checkpointPath(folder)),
    metrics: readFileSync(folder.metrics, 'utf8'),
    stepSizes: ifThere(folder.stepSizes),
    trace: ifThere(folder.trace),
    alignment: ifThere(folder.alignment),
  };
}

export interface RunHere extends Partial<RunOneOptions> {
  readonly stopAt?: number; // the run is asked to stop as soon as it has lived this many steps
}

/** Runs in <results>/<name>. */
export async function run(results: string, name: string, options: RunHere = {}) {
  const setting = options.setting ?? (await smallSetting());
  const seed = options.seed ?? 0;
  const folder = createRunFolder({ results, experiment: name, setting, seed });
  const stop = new AbortController();
  const { stopAt = Infinity } = options;
  const end: RunEnd = await runOne({
    checkpointEvery: 700,
    ...options,
    setting,
    seed,
    folder,
    stop: stop.signal,
    onStep(step, msre) {
      options.onStep?.(step, msre);
      if (step >= stopAt) stop.abort();
    },
  });
  return { end, folder, files: filesOf(folder) };
}
