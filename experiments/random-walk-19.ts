/**
 * The 19-state random walk of Sutton & Barto 2018 (example 7.1; figures 12.3, 12.6, 12.8): the root mean squared error of the
 * 19 values, at the end of each of the first ten episodes, averaged over them. TD(lambda) with three kinds of traces, true
 * online TD(lambda), and the off-line lambda-return algorithm, which is no step-size rule and written down here.
 * TD errors take v_{t-1} as it was predicted at t - 1, before the latest change of the weights; the book predicts anew. Where
 * traces are long that makes a difference to accumulating and replacing traces, none to true online TD.
 */
import { makeEnv } from '@rl-tools/envs';
import { linearRun } from '../src/experiment/linear-run.ts';
import { defineStudy, type Expected, type StudySetting } from '../src/experiment/study.ts';
import { createInteraction } from '../src/interaction.ts';

const STATES = 19;
const RULES = ['off-line', 'accumulating', 'replacing', 'dutch', 'true online'] as const;
const LAMBDAS = [0, 0.4, 0.8, 0.9, 0.95, 0.975, 0.99, 1];

/** Step sizes worth trying: the longer the traces, the smaller, as in the book. */
function alphas(lambda: number, full: boolean): number[] {
  const most = lambda <= 0.8 ? 1 : lambda <= 0.9 ? 0.7 : lambda <= 0.975 ? 0.4 : 0.2;
  const step = full ? 0.02 : most / 10;
  const grid = Array.from({ length: Math.round(most / step) }, (_, i) => Number(((i + 1) * step).toFixed(4)));
  return lambda === 0.8 && !grid.includes(0.4) ? [...grid, 0.4] : grid;
}

const replication = 'another program of ours, in another language, 100 runs';
const BEST: Readonly<Record<string, readonly number[]>> = {
  'off-line': [0.366, 0.292, 0.2616, 0.2827, 0.32, 0.364, 0.42, 0.495],
  accumulating: [0.3445, 0.272, 0.2593, 0.2865, 0.33, 0.38, 0.436, 0.51],
  replacing: [0.3445, 0.272, 0.2474, 0.2562, 0.275, 0.299, 0.328, 0.371],
  'true online': [0.3445, 0.2722, 0.2531, 0.2743, 0.312, 0.359, 0.418, 0.495],
};
const AT: readonly (readonly [rule: string, lambda: number, alpha: number, value: number])[] = [
  ['off-line', 0.8, 0.4, 0.2621],
  ['accumulating', 0.8, 0.4, 0.2707],
  ['replacing', 0.8, 0.4, 0.2572],
  ['true online', 0.8, 0.4, 0.2531],
];
const noted = (of: StudySetting, value: number): Expected => {
  return { for: of, measure: 'rms', value, runs: 100, kind: 'noted', source: replication };
};

export default defineStudy({
  question: 'Which traces learn the values of a random walk best in ten episodes?',
  title: '19-state random walk',
  cite: 'sutton2018reinforcement',
  measures: { rms: 'RMS error of the values, mean over 10 episodes' },
  sweep: (full) =>
    RULES.flatMap((rule) =>
      LAMBDAS.filter((lambda) => full || lambda <= 0.9).flatMap((lambda) =>
        alphas(lambda, full).map((alpha) => ({ rule, lambda, alpha, episodes: 10 })),
      ),
    ),
  seeds: (full) => (full ? 100 : 50),
  async measure({ rule, lambda, alpha, episodes }, seed) {
    const env = await makeEnv('random-walk');
    const lived = rule === 'off-line' ? offLine(env, Number(lambda), Number(alpha), seed) : null;
    const id = rule === 'true online' ? 'true-online-td' : 'td-lambda';
    const trace = rule === 'true online' ? {} : { trace: rule };
    const run = lived ?? (await linearRun({ env, rule: { id, alpha, lambda, ...trace }, seed }));
    let sum = 0;
    for (let episode = 0; episode < Number(episodes);) {
      run.live(1);
      if (run.step.start[0] === 1 || run.step.discount[0] !== 0) continue;
      episode++;
      sum += rmsError(run.weights);
    }
    return { rms: sum / Number(episodes) };
  },
  tables: [
    { title: 'At the best step size', best: 'alpha' },
    { title: 'At lambda .8, alpha .4', where: ({ lambda, alpha }) => lambda === 0.8 && alpha === 0.4 },
  ],
  figures: [
    ...RULES.map((rule) => ({
      kind: 'lines' as const,
      name: rule.replace(' ', '-'),
      title: `19-state random walk, ${rule}`,
      where: (setting: StudySetting) => setting['rule'] === rule,
      measure: 'rms',
      x: 'alpha',
      xTitle: 'step size',
      by: 'lambda',
      most: 0.55,
    })),
    {
      kind: 'lines',
      name: 'best',
      title: '19-state random walk, at the best step size',
      measure: 'rms',
      x: 'lambda',
      xTitle: 'lambda',
      by: 'rule',
      best: 'alpha',
      most: 0.55,
    },
  ],
  expected: [
    ...Object.entries(BEST).flatMap(([rule, values]) =>
      values.map((value, i) => noted({ rule, lambda: LAMBDAS[i]! }, value)),
    ),
    ...AT.map(([rule, lambda, alpha, value]) => noted({ rule, lambda, alpha }, value)),
  ],
});

/** Over the states; the true value of state i = 1 .. 19 is (i - 10) / 10. */
function rmsError(values: Float64Array): number {
  let squares = 0;
  for (let i = 0; i < STATES; i++) squares += (values[i]! - (i - 9) / 10) ** 2;
  return Math.sqrt(squares / STATES);
}

/** Nothing changes within an episode; then every visited state in turn goes towards its lambda-return. */
function offLine(env: Awaited<ReturnType<typeof makeEnv>>, lambda: number, alpha: number, seed: number) {
  const interaction = createInteraction(env, { seed, chunk: 1 });
  const step = interaction.chunk;
  const weights = new Float64Array(STATES);
  const visited: number[] = [];
  const learn = (reward: number): void => {
    const targets: number[] = new Array<number>(visited.length);
    let target = reward; // G of the last state; every reward but the last is 0
    for (let t = visited.length - 1; t >= 0; t--) {
      targets[t] = target;
      target = (1 - lambda) * weights[visited[t]!]! + lambda * target;
    }
    visited.forEach((state, t) => (weights[state]! += alpha * (targets[t]! - weights[state]!)));
    visited.length = 0;
  };
  const live = (): void => {
    interaction.fill();
    const state = step.observation.indexOf(1);
    if (state >= 0) visited.push(state);
    else learn(step.cumulant[0]!);
  };
  return { weights, step, live };
}
