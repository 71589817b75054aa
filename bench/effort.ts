/** How long the benchmark looks: the full run for RESULTS.md, the quick one for a minute. */
export interface Effort {
  readonly isQuick: boolean;
  readonly rounds: number;
  readonly sampleMs: number; // CPU time of one sample, at least
  readonly warmMs: number; // CPU time before the first sample: compilers change code while it runs
  readonly neighbours: number; // samples of ours between two peers
}

export const FULL: Effort = { isQuick: false, rounds: 7, sampleMs: 50, warmMs: 200, neighbours: 3 };
export const QUICK: Effort = { isQuick: true, rounds: 7, sampleMs: 15, warmMs: 100, neighbours: 2 };
