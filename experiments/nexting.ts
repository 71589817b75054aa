/**
 * One signal, the sum of four incommensurable sinusoids (envs/tasks/sinusoids.ts), asked about at seven horizons. What is
 * seen says next to nothing about the phases: the answers must come from the state. Exact credit, an eligibility over all
 * columns for every question; cheap credit, lambda 0 and one pull for all of them; and columns that do not learn.
 */
import { defineExperiment } from '../src/experiment/experiment.ts';
import { predictionRun } from '../src/experiment/prediction-run.ts';
import { mean } from '../src/statistics/mean.ts';

const AGENTS = ['nexting', 'nexting-cheap', 'nexting-still'];

export default defineExperiment({
  question: 'Is an eligibility per question worth a pull per question?',
  title: 'Four sinusoids at horizons 1 to 64',
  sweep: (full) =>
    AGENTS.map((agent) => ({
      agent,
      env: { id: 'sinusoids', phases: 'random' },
      steps: full ? 500_000 : 100_000,
      window: 10_000,
    })),
  seeds: (full) => (full ? 30 : 5),
  run: predictionRun,
  score: (results) =>
    Object.fromEntries(
      AGENTS.map((id) => {
        const errors = results.filter(({ agent }) => agent === id).flatMap(({ msre }) => msre ?? []);
        return [id, errors.length === 0 ? null : mean(errors)];
      }),
    ),
});
