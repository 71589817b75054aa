/**
 * CCN trace patterning with 64 columns, for comparison with runs of the published program at that size (ISI 14-26,
 * 1.5 million steps). Both intervals in use: the 2022 draft's 14-26 and the paper's 24-36.
 */
import { defineExperiment } from '../src/experiment/experiment.ts';
import { explainedByAgent } from '../src/experiment/explained-by-agent.ts';
import { predictionRun } from '../src/experiment/prediction-run.ts';

const setting = (agent: string, isi: readonly [number, number], columns?: number) => ({
  agent,
  env: { id: 'ccn-trace-patterning', isi },
  ...(columns === undefined ? {} : { agentOptions: { cell: { columns } } }),
  steps: 1_500_000,
  every: 50_000,
  window: 100_000,
});

export default defineExperiment({
  question: 'How close do 64 columns come to all that can be known?',
  title: 'CCN trace patterning, 64 columns',
  sweep: () =>
    [[14, 26] as const, [24, 36] as const].flatMap((isi) => [
      setting('columnar-td', isi, 64),
      setting('no-memory', isi),
    ]),
  seeds: (full) => (full ? 30 : 5),
  run: predictionRun,
  score: explainedByAgent,
});
