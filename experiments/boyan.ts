/**
 * Boyan's chain (Boyan 2002): thirteen states whose values four interpolating features can show exactly. The root mean squared
 * error of the values of the twelve states before the end, after 100 episodes.
 */
import { makeEnv } from '@rl-tools/envs';
import { linearRun } from '../src/experiment/linear-run.ts';
import { defineStudy, type Expected } from '../src/experiment/study.ts';

const LAMBDAS = [0, 0.4, 0.8, 0.95];
const FIXED = [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5];
const METAS = [0.001, 0.003, 0.01, 0.03, 0.1];
const LEARNING: Readonly<Record<string, number>> = { tidbd: 0.1, 'autostep-tidbd': 0.1, 'swift-td': 0.1 }; // first alpha
const RULES = ['td-lambda', 'true-online-td', ...Object.keys(LEARNING)];

const noted = (rule: string, lambda: number, size: number, value: number, error?: number): Expected => ({
  for: { rule, lambda, size },
  measure: 'rmse',
  value,
  ...(error === undefined ? {} : { error }),
  kind: 'noted',
  source: 'another program of ours, in another language',
});

export default defineStudy({
  question: 'How close do learners come to the values of the Boyan chain in 100 episodes?',
  title: 'Boyan chain, 100 episodes',
  cite: 'boyan2002technical',
  measures: { rmse: 'RMS error of the values after the last episode' },
  sweep: (full) =>
    RULES.flatMap((rule) =>
      LAMBDAS.filter((lambda) => full || lambda !== 0.95).flatMap((lambda) =>
        (rule in LEARNING ? METAS : FIXED).map((size) => ({ rule, lambda, size, episodes: 100 })),
      ),
    ),
  seeds: (full) => (full ? 100 : 30),
  async measure({ rule, lambda, size, episodes }, seed) {
    const start = LEARNING[String(rule)];
    const sizes = start === undefined ? { alpha: size } : { alpha: start, theta: size };
    const own = rule === 'swift-td' ? { eta: 1 } : {};
    const env = await makeEnv('boyan-chain');
    const run = await linearRun({ env, rule: { id: String(rule), ...sizes, ...own, lambda }, seed });
    for (let episode = 0; episode < Number(episodes);) {
      run.live(1);
      if (run.step.start[0] === 0 && run.step.discount[0] === 0) episode++;
    }
    return { rmse: rmsError(run.weights) };
  },
  tables: [{ title: 'At the best size', best: 'size' }, { title: 'At every size' }],
  figures: [
    {
      kind: 'lines',
      name: 'lambda-0',
      title: 'Boyan chain, lambda 0',
      where: ({ lambda }) => lambda === 0,
      measure: 'rmse',
      x: 'size',
      xTitle: 'step size, or meta step size of those that learn theirs',
      by: 'rule',
      xScale: 'log',
      yScale: 'log',
      most: 20,
    },
    {
      kind: 'lines',
      name: 'best',
      title: 'Boyan chain, at the best size',
      measure: 'rmse',
      x: 'lambda',
      xTitle: 'lambda',
      by: 'rule',
      best: 'size',
      most: 20,
    },
  ],
  expected: [
    noted('td-lambda', 0, 0.1, 0.357, 0.029),
    noted('td-lambda', 0.8, 0.1, 0.435),
    noted('true-online-td', 0.8, 0.1, 0.442),
  ],
});

/** State s = 12 .. 1 has the value -2 s, and the features of the anchors 12, 8, 4, 0 around it. */
function rmsError(w: Float64Array): number {
  let squares = 0;
  for (let s = 1; s <= 12; s++) {
    const place = (12 - s) / 4;
    const before = Math.floor(place);
    const share = place - before;
    const value = (1 - share) * w[before]! + (share > 0 ? share * w[before + 1]! : 0);
    squares += (value + 2 * s) ** 2;
  }
  return Math.sqrt(squares / 12);
}
