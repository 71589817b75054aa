/**
 * Trace conditioning (Rafiee et al. 2023; envs/tasks/trace-conditioning.ts): one cue of four steps, a reward 7 to 13
 * steps after its onset, ten distractors. Fixed traces of every signal do well here; a learned state must do better.
 */
import { defineExperiment } from '../src/experiment/experiment.ts';
import { explainedByAgent } from '../src/experiment/explained-by-agent.ts';
import { predictionRun } from '../src/experiment/prediction-run.ts';

export default defineExperiment({
  question: 'Is a learned state better than fixed traces at bridging a gap?',
  title: 'Trace conditioning, ISI 10',
  sweep: () =>
    ['columnar-td', 'trace-baseline'].map((agent) => ({
      agent,
      env: { id: 'trace-conditioning' },
      steps: 500_000,
      window: 100_000,
    })),
  seeds: (full) => (full ? 30 : 5),
  run: predictionRun,
  score: explainedByAgent,
});
