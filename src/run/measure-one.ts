import { DivergenceError } from '../divergence-error.ts';
import type { Study } from '../experiment/study.ts';
import type { Measurement } from '../results/measurements-file.ts';

/** One measurement; learning that diverged is one too. */
export async function measureOne(study: Study, setting: Measurement['setting'], seed: number): Promise<Measurement> {
  try {
    return { setting, seed, values: await study.measure(setting, seed), diverged: null };
  } catch (error) {
    if (!(error instanceof DivergenceError)) throw error;
    return { setting, seed, values: null, diverged: `${error.array} at step ${error.step}` };
  }
}
