/**
 * Baird's counterexample (Baird 1995; Sutton & Barto 2018, figures 11.2 and 11.5): off-policy, every value is 0, and the weights
 * of semi-gradient TD(0) grow without bound. The norm of the weights after some steps, from the book's weights; lambda is 0
 * throughout. The two `expected` methods are sweeps over all states without chance, written down here: semi-gradient with
 * step size .01, and TDC (Sutton et al. 2009) with .005 and, for its second weights, .05. No step size can change where
 * semi-gradient TD leads to, only how soon; the rule tdc, with those same step sizes, is no semi-gradient.
 */
import { makeEnv } from '@rl-tools/envs';
import { linearRun } from '../src/experiment/linear-run.ts';
import { defineStudy, type Expected } from '../src/experiment/study.ts';
import { norm } from '../src/statistics/norm.ts';

const FIRST = [1, 1, 1, 1, 1, 1, 10, 1];
const DISCOUNT = 0.99;
const TIMES = [1, 10, 30, 100, 300, 1000];
const LEARNERS: Readonly<Record<string, Readonly<Record<string, unknown> & { id: string }>>> = {
  'td-lambda': { id: 'td-lambda', alpha: 0.01, lambda: 0 },
  'true-online-td': { id: 'true-online-td', alpha: 0.01, lambda: 0 },
  adam: { id: 'adam', alpha: 0.01, lambda: 0 },
  obgd: { id: 'obgd', lambda: 0 },
  tidbd: { id: 'tidbd', alpha: 0.01, theta: 0.001, lambda: 0 },
  'swift-td': { id: 'swift-td', alpha: 0.01, lambda: 0 },
  tdc: { id: 'tdc', alpha: 0.005, beta: 0.05, lambda: 0 },
};

const replication = 'another program of ours, in another language';
const noted = (rule: string, measure: string, value: number): Expected => {
  return { for: { rule, time: 1000 }, measure, value, kind: 'noted', source: replication };
};

export default defineStudy({
  question: "Which learners diverge on Baird's counterexample, and how soon?",
  title: "Baird's counterexample",
  cite: 'baird1995residual',
  measures: {
    norm: 'norm of the weights',
    magnitude: 'log10 of the norm of the weights',
    upper: 'weight of an upper state',
    seventh: 'weight of the seventh state',
    shared: 'weight that all states share',
  },
  sweep: (full) => [
    ...['expected semi-gradient', 'expected TDC'].flatMap((rule) => TIMES.map((time) => ({ rule, time }))),
    ...Object.keys(LEARNERS).flatMap((rule) =>
      [...TIMES, ...(full ? [3000, 10_000] : [])].map((time) => ({ rule, time })),
    ),
  ],
  seeds: (full) => (full ? 100 : 20),
  async measure({ rule, time }, seed) {
    const choice = LEARNERS[String(rule)];
    if (!choice) return figures(sweeps(rule === 'expected TDC', Number(time)));
    const run = await linearRun({ env: await makeEnv('baird'), rule: choice, seed, weights: FIRST });
    run.live(Number(time) + 1); // the first one opens the episode
    return figures(run.weights);
  },
  tables: [
    {
      title: 'After 1000 sweeps',
      where: ({ rule, time }) => time === 1000 && String(rule).startsWith('expected'),
      measures: ['norm', 'upper', 'seventh', 'shared'],
    },
    {
      title: 'After 1000 steps',
      where: ({ rule, time }) => time === 1000 && !String(rule).startsWith('expected'),
      measures: ['magnitude'],
    },
  ],
  figures: [
    {
      kind: 'lines',
      name: 'magnitude',
      title: "Baird's counterexample",
      measure: 'magnitude',
      x: 'time',
      xTitle: 'steps',
      by: 'rule',
      xScale: 'log',
    },
  ],
  expected: [
    noted('expected semi-gradient', 'norm', 436.856),
    noted('expected semi-gradient', 'upper', 114.434),
    noted('expected semi-gradient', 'seventh', 6.85),
    noted('expected semi-gradient', 'shared', 335.001),
    noted('expected TDC', 'upper', 2.135),
    noted('expected TDC', 'seventh', 6.628),
    noted('expected TDC', 'shared', -2.338),
    { ...noted('td-lambda', 'magnitude', Math.log10(428)), runs: 20, source: `${replication}: the median of 20` },
  ],
});

const figures = (w: ArrayLike<number>) => ({
  norm: norm(w),
  magnitude: Math.log10(norm(w)),
  upper: (w[0]! + w[1]! + w[2]! + w[3]! + w[4]! + w[5]!) / 6,
  seventh: w[6]!,
  shared: w[7]!,
});

/** What the behaviour expects, state by state: every state as often, the target policy always goes to the seventh. */
function sweeps(corrects: boolean, count: number): Float64Array {
  const features = Array.from({ length: 7 }, (_, s) =>
    Float64Array.from({ length: 8 }, (_, i) => (i === s ? (s === 6 ? 1 : 2) : i === 7 ? (s === 6 ? 2 : 1) : 0)),
  );
  const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, x, i) => sum + x * b[i]!, 0);
  const [alpha, beta] = corrects ? [0.005, 0.05] : [0.01, 0];
  const w = Float64Array.from(FIRST);
  const v = new Float64Array(8); // second weights
  const last = features[6]!;
  for (let sweep = 0; sweep < count; sweep++) {
    const [dw, dv] = [new Float64Array(8), new Float64Array(8)];
    for (const x of features) {
      const delta = DISCOUNT * dot(w, last) - dot(w, x);
      const guess = dot(v, x);
      for (let i = 0; i < 8; i++) {
        dw[i]! += (alpha / 7) * (delta * x[i]! - (corrects ? DISCOUNT * guess * last[i]! : 0));
        dv[i]! += (beta / 7) * (delta - guess) * x[i]!;
      }
    }
    for (let i = 0; i < 8; i++) {
      w[i]! += dw[i]!;
      v[i]! += dv[i]!;
    }
  }
  return w;
}
