/**
 * Columnar, constructive and columnar-constructive nets (Javed et al. 2023) at the sizes that the paper compares, 7, 10:1 and
 * 20:4, beside an LSTM of four units under back-propagation through 15 steps: by the paper's accounting all of them cost about
 * 4,000 operations a step, frozen columns being free but for their forward pass. Stages take the same share of a life whatever
 * its length.
 */
import { defineExperiment, type ExperimentSetting } from '../src/experiment/experiment.ts';
import { explainedByAgent } from '../src/experiment/explained-by-agent.ts';
import { predictionRun } from '../src/experiment/prediction-run.ts';

const STAGES = { 'constructive-td': 5, 'one-by-one-td': 10 } as const;

export default defineExperiment({
  question: 'Is it better to learn columns in stages than all at once?',
  title: 'CCN trace patterning, ISI 24-36',
  sweep(full) {
    const steps = full ? 5_000_000 : 2_500_000;
    const life = { env: { id: 'ccn-trace-patterning', isi: [24, 36] }, steps, every: steps / 50, window: steps / 10 };
    const staged = Object.entries(STAGES).map(([agent, stages]): ExperimentSetting => {
      return { ...life, agent, agentOptions: { growth: { stepsPerStage: steps / stages } } };
    });
    return [
      ...staged,
      { ...life, agent: 'one-stage-td' },
      { ...life, agent: 'tbptt-td', agentOptions: { cell: { units: 4 }, estimator: { window: 15 } } },
      { ...life, agent: 'no-memory' },
    ];
  },
  seeds: (full) => (full ? 10 : 2),
  run: predictionRun,
  score: explainedByAgent,
});
