/**
 * Step size and lambda of columnar TD on trace conditioning (envs/tasks/trace-conditioning.ts), in short lives. One step size
 * for all weights: the recipe has two, which would hide each other's mistakes. The sweep is an example of its language
 * (docs/sweeps.md); a setting is near the best one if it explains nine tenths of what that does.
 */
import { defineExperiment } from '../src/experiment/experiment.ts';
import { explainedBySetting } from '../src/experiment/explained-by-setting.ts';
import { predictionRun } from '../src/experiment/prediction-run.ts';
import { sweepOver } from '../src/experiment/sweep/sweep-over.ts';
import { median } from '../src/statistics/median.ts';

export default defineExperiment({
  question: 'How much does columnar TD care about its step size and lambda?',
  title: 'Trace conditioning, step size and lambda',
  sweep: (full) =>
    sweepOver({
      agent: 'columnar-td',
      agentOptions: {
        rule: {
          alpha: { $log: [1e-5, 1e-1, 9] },
          headAlpha: null, // the same
          lambda: full ? [0, 0.5, 0.8, 0.9, 0.95, 0.99, 1] : [0, 0.9, 0.99],
        },
      },
      env: { id: 'trace-conditioning' },
      steps: full ? 500_000 : 100_000,
      window: full ? 100_000 : 20_000,
    }),
  seeds: (full) => (full ? 30 : 5),
  run: predictionRun,
  score(results) {
    const explained = explainedBySetting(results).map((one) => one ?? -Infinity); // of none that ended: the worst
    const [best = -Infinity] = explained;
    if (best === -Infinity) return { best: null, median: null, worst: null, nearBest: null };
    const worst = explained.at(-1)!;
    return {
      best,
      median: finite(median(explained)),
      worst: finite(worst),
      nearBest: explained.filter((one) => one >= 0.9 * best).length / explained.length,
    };
  },
});

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);
