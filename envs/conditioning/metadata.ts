import type { EnvMetadata, ErrorFloors } from '../env.ts';
import { trialFloors } from './floors.ts';
import type { Trials } from './floors.ts';

/** Metadata of a stream of trials. The floors are summed when first asked for: a run that plots none pays nothing. */
export function trialMetadata(id: string, cite: string, trials: Trials): EnvMetadata {
  let floors: ErrorFloors | null | undefined;
  return {
    id,
    cite,
    discount: trials.discount,
    delay: trials.isi[1],
    get floors() {
      if (floors === undefined) floors = trialFloors(trials);
      return floors;
    },
  };
}
