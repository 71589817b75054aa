/**
 * Cycle world (Schlegel et al. 2021; envs/tasks/cycle-world.ts): six states in a ring, one bit seen in one of them.
 * The next bit is certain to who counts, so the ideal error is 0: the simplest proof that a memory is learned.
 */
import { defineExperiment } from '../src/experiment/experiment.ts';
import { explainedByAgent } from '../src/experiment/explained-by-agent.ts';
import { predictionRun } from '../src/experiment/prediction-run.ts';

export default defineExperiment({
  question: 'Does the agent learn to count to six?',
  title: 'Cycle world, 6 states',
  sweep: () =>
    ['columnar-td', 'no-memory'].map((agent) => ({
      agent,
      env: { id: 'cycle-world' },
      steps: 200_000,
      every: 5_000,
      window: 10_000,
    })),
  seeds: (full) => (full ? 30 : 5),
  run: predictionRun,
  score: explainedByAgent,
});
