/**
 * The drift task of "Gain Adaptation Beats Least Squares?" (Sutton 1992): the weights of five of twenty inputs walk at random.
 * The root mean squared error of the last third of 30,000 examples, noise included. `size` is the step size of lms and nlms
 * and the meta step size of those that learn theirs. Lines of reference, which are told more: `kalman` the variances of
 * drift and noise of every input, `least squares` those of the noise, and drift 1 for every input, as the paper's own.
 */
import { makeEnv } from '@rl-tools/envs';
import { linearRun } from '../src/experiment/linear-run.ts';

import { defineStudy, type Expected } from '../src/experiment/study.ts';
import { createInteraction } from '../src/interaction.ts';

const START = 0.05; // what the earlier program began with, p of k1 as well; from 1, k1 ends .1 higher
const SIZES: readonly (readonly [rule: string, sizes: readonly number[], start?: number])[] = [
  ['k1', [0.0001, 0.0003, 0.001, 0.003, 0.01], START],
  ['k2', [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03], START],
  ['idbd', [0.0001, 0.0003, 0.001], START],
  ['autostep', [0.001, 0.01, 0.1], START],
  ['lms', [0.01, 0.02, 0.03, 0.04, 0.05]],
  ['nlms', [0.2, 0.4, 0.6, 0.8, 1]],
];

const replication = 'another program of ours, in another language, 10 seeds';
const noted = (of: Expected['for'], value: number, error?: number): Expected => ({
  for: of,
  measure: 'rmse',
  value,
  ...(error === undefined ? {} : { error }),
  runs: 10,
  kind: 'noted',
  source: replication,
});

export default defineStudy({
  question: 'Does a filter that learns its gains beat least squares where weights drift?',
  title: 'Sutton 1992, drift',
  cite: 'sutton1992gain',
  measures: { rmse: 'root mean squared error' },
  sweep: () => [
    ...['kalman', 'least squares'].map((rule) => ({ rule, steps: 30_000 })),
    ...SIZES.flatMap(([rule, sizes, start]) =>
      sizes.map((size) => ({ rule, size, ...(start === undefined ? {} : { start }), steps: 30_000 })),
    ),
  ],
  seeds: (full) => (full ? 30 : 10),
  async measure({ rule, size = 0, start = 0, steps }, seed) {
    const env = await makeEnv('drift');
    const last = Math.floor(Number(steps) / 3);
    const own = OWN[String(rule)];
    let squares = 0;
    if (own) {
      const predict = own(20, Number(size));
      const { fill, chunk } = createInteraction(env, { seed, chunk: 1 });
      for (let t = 0; t < Number(steps); t++) {
        fill();
        const error = predict(chunk.observation, chunk.value[0]!);
        if (t >= Number(steps) - last) squares += error ** 2;
      }
      return { rmse: Math.sqrt(squares / last) };
    }
    const choice =
      rule === 'lms' ? { id: 'td-lambda', alpha: size, lambda: 0 } : { id: rule, alpha: start, theta: size };
    const run = await linearRun({ env, rule: { ...choice, id: String(choice.id) }, seed, supervised: true });
    run.live(Number(steps) - last);
    run.live(last, (prediction) => (squares += (prediction - run.step.value[0]!) ** 2));
    return { rmse: Math.sqrt(squares / last) };
  },
  tables: [
    { title: 'At the best size', best: 'size' },
    { title: 'At every size', where: ({ size }) => size !== undefined },
  ],
  figures: [
    {
      kind: 'lines',
      name: 'error',
      title: 'Sutton 1992, drift',
      measure: 'rmse',
      x: 'size',
      xTitle: 'step size, or meta step size of those that learn theirs',
      by: 'rule',
      xScale: 'log',
      most: 14,
    },
  ],
  expected: [
    noted({ rule: 'kalman' }, 4.774),
    noted({ rule: 'least squares' }, 8.602),
    noted({ rule: 'nlms' }, 10.11),
    noted({ rule: 'lms' }, 10.63),
    noted({ rule: 'k1', size: 0.0001, start: START }, 5.564),
    noted({ rule: 'k1', size: 0.001, start: START }, 5.338, 0.022),
    noted({ rule: 'k1', size: 0.003, start: START }, 5.393),
    noted({ rule: 'idbd', size: 0.0003, start: START }, 6.477),
    noted({ rule: 'autostep', size: 0.01, start: START }, 8.66),
    noted({ rule: 'autostep', size: 0.1, start: START }, 7.84),
  ],
});

/** What no step-size rule of ours is: learns from an input and its target, and returns the error before that. */
type Own = (inputs: number, size: number) => (x: Float64Array, target: number) => number;
const OWN: Readonly<Record<string, Own>> = {
  kalman: (n) => filter(n, (i) => (i < 5 ? 1 : 0)),
  'least squares': (n) => filter(n, () => 1),
  nlms(n, size) {
    const w = new Float64Array(n);
    return (x, target) => {
      const error = target - dot(w, x);
      const step = (size * error) / dot(x, x);
      for (let i = 0; i < n; i++) w[i]! += step * x[i]!;
      return error;
    };
  },
};

/** Kalman filter of weights that walk by variance q_i per example, seen through noise of variance 1. */
function filter(n: number, q: (i: number) => number): (x: Float64Array, target: number) => number {
  const w = new Float64Array(n);
  const P = new Float64Array(n * n); // [n x n] covariance; at the start the weights are known to be 0
  const Px = new Float64Array(n);
  return (x, target) => {
    let scale = 1;
    for (let i = 0; i < n; i++) {
      Px[i] = 0;
      for (let j = 0; j < n; j++) Px[i]! += P[i * n + j]! * x[j]!;
      scale += x[i]! * Px[i]!;
    }
    const error = target - dot(w, x);
    for (let i = 0; i < n; i++) {
      w[i]! += (Px[i]! * error) / scale;
      for (let j = 0; j < n; j++) P[i * n + j]! -= (Px[i]! * Px[j]!) / scale;
      P[i * n + i]! += q(i);
    }
    return error;
  };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
