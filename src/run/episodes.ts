import type { ReportChunk } from '../chunk.ts';

/** An episode that ended: a later one has begun. */
export interface Episode {
  readonly step: number; // at which the next one began
  readonly episode: number; // 0, 1, ...
  readonly length: number; // steps
  readonly return: number; // undiscounted sum of cumulants
}

/** Watches reports for the ends of episodes; a continuing life has none. */
export function countEpisodes(emit: (episode: Episode) => void) {
  let [time, episode, begun] = [0, 0, 0];
  const sum = new Float64Array(1); // in an array, so that no number of a step reaches the heap
  return {
    push({ steps, length }: ReportChunk): void {
      for (let i = 0; i < length; i++, time++) {
        if (steps.start[i] === 1 && time > 0) {
          emit({ step: time, episode: episode++, length: time - begun, return: sum[0]! });
          begun = time;
          sum[0] = 0;
        }
        sum[0]! += steps.cumulant[i * steps.questions]!;
      }
    },
    save: (): number[] => [time, episode, begun, sum[0]!],
    load([t, e, b, s]: readonly number[]): void {
      [time, episode, begun, sum[0]] = [t!, e!, b!, s!];
    },
  };
}
