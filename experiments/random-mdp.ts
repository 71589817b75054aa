/**
 * Random Markov reward processes (van Seijen, Mahmood, Pilarski, Machado & Sutton 2016, section 6.1), with tabular features:
 * k states with b next states each, probabilities from b - 1 uniform cuts, a reward per transition drawn from a standard
 * normal plus noise at every step, discount .99, start in state 0. One process per seed. The error is the squared error of the
 * values weighted by how often states come in the long run, over that of w = 0, averaged over the steps of a life and over ten
 * lives; every learner at its best step size for that very process. `lambda: best` is at its best lambda too.
 * `..., anew` is TD(lambda) of the book, whose error predicts v_{t-1} anew, by the weights as they are; the rules of this
 * package take it as it was predicted at t - 1. Where a state often follows itself that is another algorithm.
 */
import { createRng } from '@rl-tools/envs';
import { createStepChunk, type StepChunk } from '../src/chunk.ts';
import { DivergenceError } from '../src/divergence-error.ts';
import { type LinearLearner, linearLearner } from '../src/experiment/linear-run.ts';
import { defineStudy, type Expected, type StudySetting } from '../src/experiment/study.ts';

const DISCOUNT = 0.99;
const LIVES = 10;
const RULES: Readonly<Record<string, object>> = {
  accumulating: { id: 'td-lambda', trace: 'accumulating' },
  replacing: { id: 'td-lambda', trace: 'replacing' },
  'true online': { id: 'true-online-td' },
  'accumulating, anew': {},
  'replacing, anew': {},
};

/** Published: 10^-3 .. 10^-1.2 and .1 .. 2; 0, .1 .. .9, .91 .. 1. A coarser grid where time is short. */
const tenths = (from: number, to: number): number[] =>
  Array.from({ length: Math.round(10 * (to - from)) + 1 }, (_, i) => Number((from + i / 10).toFixed(1)));
const FINE = {
  alphas: [...Array.from({ length: 10 }, (_, i) => 10 ** (-3 + 0.2 * i)), ...tenths(0.1, 2)],
  lambdas: [...tenths(0, 0.9), ...Array.from({ length: 10 }, (_, i) => Number((0.91 + i / 100).toFixed(2)))],
};
const COARSE = {
  alphas: [0.01, 0.03, 0.06, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8, 1.1, 1.5],
  lambdas: [0, 0.5, 0.8, 0.9, 0.95, 0.99, 1],
};
const gridOf = (name: unknown) => (name === 'fine' ? FINE : COARSE);

const small = { states: 10, branching: 3, noise: 0.1, steps: 100 };
const large = [
  { states: 100, branching: 10, noise: 0.1, steps: 1000 },
  { states: 100, branching: 3, noise: 0, steps: 1000 },
];

const noted = (rule: string, value: number, error: number): Expected => ({
  for: { rule, lambda: 'best', states: 10, branching: 3 },
  measure: 'nmse',
  value,
  error,
  kind: 'noted',
  source: 'another program of ours, in another language, 30 processes',
});

export default defineStudy({
  question: 'Which traces learn the values of a random Markov process fastest?',
  title: 'Random Markov reward processes',
  cite: 'vanseijen2016true',
  measures: { nmse: 'squared error of the values / that of w = 0', alpha: 'the best step size' },
  sweep: (full) =>
    [small, ...(full ? large : [])].flatMap((process) =>
      Object.keys(RULES).flatMap((rule) =>
        ['best', ...gridOf(full ? 'fine' : 'coarse').lambdas].map((lambda) => {
          return { ...process, rule, lambda, grid: full ? 'fine' : 'coarse' };
        }),
      ),
    ),
  seeds: (full) => (full ? 30 : 10),
  async measure(setting, seed) {
    const { lambda, rule, grid } = setting;
    const process = drawProcess(setting, seed);
    const { alphas, lambdas } = gridOf(grid);
    const best = { nmse: Infinity, alpha: NaN };
    for (const fade of typeof lambda === 'number' ? [lambda] : lambdas) {
      for (const alpha of alphas) {
        const choice = { id: 'td-lambda', ...RULES[String(rule)], alpha, lambda: fade };
        const size = process.values.length;
        const learner = String(rule).endsWith(', anew')
          ? predictingAnew(size, alpha, fade, rule === 'replacing, anew')
          : await linearLearner(size, { rule: choice, seed });
        const nmse = orInfinite(() => errorOf(learner, process));
        if (nmse < best.nmse) Object.assign(best, { nmse, alpha });
      }
    }
    return best;
  },
  tables: [{ title: 'Each process at its best step size', measures: ['nmse'] }],
  figures: [small, ...large].map(({ states, branching }) => ({
    kind: 'lines' as const,
    name: `states-${states}-branching-${branching}`,
    title: `Random Markov processes, ${states} states, ${branching} branches`,
    where: (setting: StudySetting) => setting['states'] === states && setting['branching'] === branching,
    measure: 'nmse',
    x: 'lambda',
    xTitle: 'lambda',
    by: 'rule',
  })),
  expected: [
    noted('accumulating, anew', 0.824, 0.018),
    noted('replacing, anew', 0.717, 0.023),
    noted('true online', 0.622, 0.036),
  ],
});

interface Process {
  readonly values: Float64Array;
  readonly weights: Float64Array; // share of each state in the long run, from state 0
  readonly unlearned: number; // weighted squares of the values: the error of w = 0
  readonly lives: readonly { readonly states: readonly number[]; readonly rewards: readonly number[] }[];
}

function drawProcess({ states, branching, noise, steps }: StudySetting, seed: number): Process {
  const [k, b] = [Number(states), Number(branching)];
  const rng = createRng(`${seed}/process`);
  const rows = Array.from({ length: k }, () => {
    const next = rng.choose(k, b);
    const cuts = [0, ...Float64Array.from({ length: b - 1 }, () => rng.uniform()).sort(), 1];
    return next.map((to, i) => ({ to, share: cuts[i + 1]! - cuts[i]!, reward: rng.normal() }));
  });
  let values = new Float64Array(k);
  let weights = new Float64Array(k).fill(0);
  weights[0] = 1;
  for (let sweep = 0; sweep < 4000; sweep++) {
    const [better, moved] = [new Float64Array(k), new Float64Array(k)];
    rows.forEach((row, s) => {
      moved[s]! += weights[s]! / 2; // half a step at a time: no period can keep the shares from settling
      for (const { to, share, reward } of row) {
        better[s]! += share * (reward + DISCOUNT * values[to]!);
        moved[to]! += (share * weights[s]!) / 2;
      }
    });
    [values, weights] = [better, moved];
  }
  const lives = Array.from({ length: LIVES }, (_, life) => {
    const draws = createRng(`${seed}/life ${life}`);
    const [path, rewards] = [[0], [0]];
    while (path.length <= Number(steps)) {
      let u = draws.uniform();
      const row = rows[path.at(-1)!]!;
      const taken = row.find(({ share }) => (u -= share) < 0) ?? row.at(-1)!;
      path.push(taken.to);
      rewards.push(taken.reward + Number(noise) * draws.normal());
    }
    return { states: path, rewards };
  });
  return {
    values,
    weights,
    unlearned: distance(
      values,
      values.map(() => 0),
      weights,
    ),
    lives,
  };
}

/** Some of the step sizes are too large for some processes: these are not the best ones. */
function orInfinite(error: () => number): number {
  try {
    return error();
  } catch (reason) {
    if (reason instanceof DivergenceError) return Infinity;
    throw reason;
  }
}

function errorOf(
  learner: Pick<LinearLearner, 'weights' | 'take' | 'restart'>,
  { values, weights, unlearned, lives }: Process,
): number {
  const step: StepChunk = createStepChunk(1, values.length);
  step.length = 1;
  let [sum, count] = [0, 0];
  for (const { states, rewards } of lives) {
    learner.restart();
    for (let t = 0; t < states.length; t++) {
      step.observation.fill(0);
      step.observation[states[t]!] = 1;
      step.start[0] = t === 0 ? 1 : 0;
      step.cumulant[0] = rewards[t]!;
      step.discount[0] = t === 0 ? 0 : DISCOUNT;
      learner.take(step);
      if (t === 0) continue;
      sum += distance(learner.weights, values, weights);
      count++;
    }
  }
  return sum / count / unlearned;
}

/** Tabular TD(lambda) as in the book. */
function predictingAnew(size: number, alpha: number, lambda: number, replaces: boolean) {
  const [weights, z] = [new Float64Array(size), new Float64Array(size)];
  let last = -1;
  return {
    weights,
    take({ observation, cumulant, discount, start }: StepChunk): number {
      const now = observation.indexOf(1);
      if (start[0] === 0) {
        const delta = cumulant[0]! + discount[0]! * weights[now]! - weights[last]!;
        for (let i = 0; i < size; i++) weights[i]! += alpha * delta * z[i]!;
      }
      for (let i = 0; i < size; i++) z[i]! *= discount[0]! * lambda;
      z[now] = (replaces ? 0 : z[now]!) + 1;
      last = now;
      return weights[now]!;
    },
    restart() {
      weights.fill(0);
      z.fill(0);
    },
  };
}

function distance(a: Float64Array, b: Float64Array, weights: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += weights[i]! * (a[i]! - b[i]!) ** 2;
  return sum;
}
