/**
 * CCN trace patterning (Javed et al. 2023; envs/tasks/ccn-trace-patterning.ts): six cue bits are seen for one step, and
 * half of the twenty patterns are followed, many steps later, by a reward. A prediction that knows how much time has
 * passed, but not which pattern it was, cannot get below the timing floor.
 */
import { defineExperiment } from '../src/experiment/experiment.ts';
import { explainedByAgent } from '../src/experiment/explained-by-agent.ts';
import { predictionRun } from '../src/experiment/prediction-run.ts';

const AGENTS = ['columnar-td', 'snap-td', 'tbptt-td', 'trace-baseline', 'no-memory'] as const;

export default defineExperiment({
  question: 'Which agent state sees the pattern across the gap?',
  title: 'CCN trace patterning',
  sweep: (full) =>
    AGENTS.map((agent) => ({
      agent,
      env: { id: 'ccn-trace-patterning', isi: full ? [24, 36] : [14, 26] },
      steps: full ? 50_000_000 : 400_000,
      window: full ? 100_000 : 50_000,
    })),
  seeds: (full) => (full ? 30 : 5),
  run: predictionRun,
  score: explainedByAgent,
});
