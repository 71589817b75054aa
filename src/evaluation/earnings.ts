/**
 * What an agent earns: the undiscounted return of each episode, and whether it reached its goal where the environment
 * says so. An episode counts where it ended; one that the run's end cuts short does not. Means in bins of steps, and over
 * the last steps of the run. An agent that is stuck must not be left out of the score: where no episode ended in those, the
 * one that goes on counts as it stands.
 */
import type { ReportChunk } from '../chunk.ts';
import { createMean, type Mean } from './running-mean.ts';

/** Of the episodes that ended in [step - width, step). */
export interface EarningsRecord {
  readonly step: number;
  readonly return: number; // mean undiscounted sum of cumulants
  readonly success: number | null; // share that reached their goal; null: the environment knows of none
  readonly episodes: number;
}

export interface Earned {
  readonly return: number | null; // null: nothing was lived
  readonly success: number | null;
}

export interface Earnings {
  push(report: ReportChunk): void;
  finish(): void;
  final(): Earned;
  save(): unknown;
  load(saved: unknown): void;
}

export interface EarningsOptions {
  readonly every: number; // steps per bin
  readonly from: number; // first step whose endings the final score counts
}

export function earnings({ every, from }: EarningsOptions, emit: (record: EarningsRecord) => void): Earnings {
  const bin = { return: createMean(), success: createMean() };
  const last = { return: createMean(), success: createMean() };
  const clock = new Float64Array(2); // [steps seen, end of the bin]
  const episode = new Float64Array(2); // [return so far, success of its latest step]
  clock[1] = every;

  const close = (): void => {
    const earned = bin.return.value();
    if (earned !== null) {
      emit({ step: clock[1]!, return: earned, success: bin.success.value(), episodes: bin.return.count() });
    }
    bin.return.clear();
    bin.success.clear();
  };
  const end = (time: number): void => {
    while (time >= clock[1]!) {
      close();
      clock[1]! += every;
    }
    take(bin, episode);
    if (time >= from) take(last, episode);
  };

  return {
    push({ steps, length }) {
      for (let i = 0; i < length; i++) {
        // The end of an episode is known when the next one begins: it ended one step before.
        if (steps.start[i] === 1) {
          if (clock[0]! > 0) end(clock[0]! - 1);
          episode[0] = 0;
        }
        episode[0]! += steps.cumulant[i * steps.questions]!;
        episode[1] = steps.success[i]!;
        clock[0]!++;
      }
    },
    finish: close,
    final: () => {
      if (last.return.count() > 0 || clock[0]! <= from) {
        return { return: last.return.value(), success: last.success.value() };
      }
      return { return: episode[0]!, success: Number.isNaN(episode[1]!) ? null : episode[1]! };
    },
    save: () => ({
      clock: [...clock],
      episode: [episode[0]!, Number.isNaN(episode[1]!) ? null : episode[1]!],
      means: [bin.return, bin.success, last.return, last.success].map((mean) => mean.save()),
    }),
    load(saved) {
      const state = saved as { clock: number[]; episode: [number | null, number | null]; means: (number | null)[][] };
      clock.set(state.clock);
      episode.set([state.episode[0] ?? Infinity, state.episode[1] ?? NaN]);
      [bin.return, bin.success, last.return, last.success].forEach((mean, i) => mean.load(state.means[i]!));
    },
  };
}

function take(into: { readonly return: Mean; readonly success: Mean }, episode: Float64Array): void {
  into.return.add(episode[0]!);
  if (!Number.isNaN(episode[1]!)) into.success.add(episode[1]!);
}
