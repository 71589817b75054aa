/**
 * Both experiments of the paper that introduced IDBD (Sutton 1992): twenty inputs, five of which make the target, the sign
 * of one of them flips every twenty examples. `error`: the mean squared error of the last third of 30,000 examples, which
 * are the 10,000 after a warm-up of 20,000. `step sizes`: what IDBD has found after 250,000, beside the best fixed ones,
 * those of a learner that is told which five inputs matter (`told`). `size` is the step size of those that have one, and
 * the meta step size of those that learn theirs from `start`.
 */
import { makeEnv } from '@rl-tools/envs';
import { linearRun } from '../src/experiment/linear-run.ts';
import { defineStudy, type Expected, type StudySetting } from '../src/experiment/study.ts';
import { mean } from '../src/statistics/mean.ts';

const START = 0.05;
const SIZES: readonly (readonly [rule: string, sizes: readonly number[]])[] = [
  ['lms', [0.005, 0.01, 0.02, 0.03, 0.035, 0.04, 0.05, 0.06, 0.07]],
  ['told', [0.05, 0.08, 0.1, 0.12, 0.13, 0.14, 0.15, 0.17, 0.2]],
  ['idbd', [0.001, 0.002, 0.005, 0.01, 0.015, 0.02]],
  ['autostep', [0.001, 0.01, 0.1]],
];
const isFixed = (rule: string): boolean => rule === 'lms' || rule === 'told';

const errors: readonly StudySetting[] = SIZES.flatMap(([rule, sizes]) =>
  sizes.map((size) => ({ question: 'error', rule, size, ...(isFixed(rule) ? {} : { start: START }), steps: 30_000 })),
);
const starts = [0.005, 0.1].map((start) => ({ question: 'error', rule: 'autostep', size: 0.01, start, steps: 30_000 }));
const found = [
  ['idbd', 0.001],
  ['autostep', 0.01],
].map(([rule, size]) => ({ question: 'step sizes', rule: rule!, size: size!, start: START, steps: 250_000 }));

const paper = 'Sutton 1992';
const replication = 'another program of ours, in another language; 30 seeds, for step sizes 10';
const noted = (rule: string, size: number, value: number, error?: number, start = START): Expected => ({
  for: { rule, size, ...(isFixed(rule) ? {} : { start }) },
  measure: 'mse',
  value,
  ...(error === undefined ? {} : { error }),
  runs: 30,
  kind: 'noted',
  source: replication,
});
const published = (of: StudySetting, measure: string, value: number, error: number): Expected => ({
  for: of,
  measure,
  value,
  error, // as far as the paper tells
  kind: 'published',
  source: paper,
});

export default defineStudy({
  question: 'Does a step size per input, learned, beat the best one for all?',
  title: 'Sutton 1992, tracking',
  cite: 'sutton1992adapting',
  measures: {
    mse: 'mean squared error',
    relevant: 'mean step size of the five relevant inputs',
    irrelevant: 'largest step size of an irrelevant input',
  },
  sweep: () => [...errors, ...starts, ...found],
  seeds: (full) => (full ? 30 : 10),
  async measure({ rule, size, start, steps }, seed) {
    const told = rule === 'told' ? { inputs: 5 } : {};
    const choice = isFixed(String(rule))
      ? { id: 'td-lambda', alpha: size, lambda: 0 }
      : { id: String(rule), alpha: start, theta: size };
    const env = await makeEnv('tracking', told);
    const run = await linearRun({ env, rule: choice, seed, supervised: true });
    const last = Math.floor(Number(steps) / 3);
    let squares = 0;
    run.live(Number(steps) - last);
    run.live(last, (prediction) => (squares += (prediction - run.step.value[0]!) ** 2));
    if (isFixed(String(rule))) return { mse: squares / last };
    const sizes = run.stepSizes();
    const [relevant, irrelevant] = [sizes.slice(0, 5), sizes.slice(5)];
    return { mse: squares / last, relevant: mean(relevant), irrelevant: Math.max(...irrelevant) };
  },
  tables: [
    { title: 'Error, at the best size', where: (s) => s['question'] === 'error', best: 'size', measures: ['mse'] },
    { title: 'Error', where: (s) => s['question'] === 'error', measures: ['mse'] },
    {
      title: 'Step sizes after 250,000 examples',
      where: (s) => s['question'] === 'step sizes',
      measures: ['relevant', 'irrelevant'],
    },
  ],
  figures: [
    {
      kind: 'lines',
      name: 'error',
      title: 'Sutton 1992, tracking',
      where: ({ question, start = START }) => question !== 'step sizes' && start === START,
      measure: 'mse',
      x: 'size',
      xTitle: 'step size, or meta step size of those that learn theirs',
      by: 'rule',
      xScale: 'log',
      most: 8,
    },
  ],
  expected: [
    published({ rule: 'lms' }, 'mse', 3.5, 0.1),
    published({ rule: 'idbd', start: START }, 'mse', 1.5, 0.1),
    published({ rule: 'idbd', size: 0.001 }, 'relevant', 0.13, 0.015),
    noted('lms', 0.02, 3.56),
    noted('lms', 0.03, 3.378),
    noted('lms', 0.035, 3.365, 0.013),
    noted('lms', 0.04, 3.401),
    noted('lms', 0.05, 3.646),
    noted('lms', 0.06, 4.23),
    noted('lms', 0.07, 5.553),
    noted('idbd', 0.001, 2.043),
    noted('idbd', 0.002, 1.825),
    noted('idbd', 0.005, 1.625),
    noted('idbd', 0.01, 1.538, 0.004),
    noted('idbd', 0.015, 1.512, 0.005),
    noted('idbd', 0.02, 3.76, 1.3),
    noted('told', 0.05, 1.985),
    noted('told', 0.1, 1.457),
    noted('told', 0.12, 1.388),
    noted('told', 0.13, 1.373),
    noted('told', 0.14, 1.37),
    noted('told', 0.15, 1.379),
    noted('told', 0.2, 1.686),
    noted('autostep', 0.001, 3.3),
    noted('autostep', 0.01, 2.26),
    noted('autostep', 0.01, 2.251, 0.015, 0.005),
    noted('autostep', 0.01, 2.26, undefined, 0.1),
    noted('autostep', 0.1, 2.05),
    { ...noted('idbd', 0.001, 0.1319), for: { rule: 'idbd', size: 0.001 }, measure: 'relevant', runs: 10 },
    { ...noted('idbd', 0.001, 0.0078), for: { rule: 'idbd', size: 0.001 }, measure: 'irrelevant', runs: 10 },
    { ...noted('autostep', 0.01, 0.042), for: { rule: 'autostep', size: 0.01 }, measure: 'relevant', runs: 10 },
  ],
});
