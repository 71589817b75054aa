/**
 * Random chains of van Seijen et al. 2016, section 5: every state has `branching` next states, the probabilities are what
 * uniform cuts leave, a normal reward per transition plus noise; one-hot states, discount .99, 100 steps from state 0.
 * The error is the squared value error under the stationary distribution, averaged over the steps, over that of w = 0.
 */
import { createRng, type Rng } from '@rl-tools/envs';
import type { ReferenceLearner } from '../../src/learner.ts';
import type { Step } from '../../src/types.ts';
import { solve } from '../oracle/solve.ts';
import { linearLearner, type RuleChoice } from './linear-bed.ts';

const STATES = 10;
const BRANCHING = 3;
const NOISE = 0.1;
const GAMMA = 0.99;
const STEPS = 100;
const range = Array.from({ length: STATES }, (_, s) => s);

interface Mdp {
  readonly next: readonly (readonly number[])[]; // [states][branching]
  readonly p: readonly (readonly number[])[];
  readonly reward: readonly (readonly number[])[];
  readonly value: readonly number[];
  readonly share: readonly number[]; // the stationary distribution
}

function draw(rng: Rng): Mdp {
  const next = range.map(() => [...rng.choose(STATES, BRANCHING)]);
  const p = range.map(() => {
    const cuts = [0, ...Array.from({ length: BRANCHING - 1 }, () => rng.uniform()).sort((a, b) => a - b), 1];
    return cuts.slice(1).map((cut, i) => cut - cuts[i]!);
  });
  const reward = range.map(() => Array.from({ length: BRANCHING }, () => rng.normal()));
  const matrix = range.map((s) => range.map((t) => (s === t ? 1 : 0) - GAMMA * chance(s, t)));
  function chance(s: number, t: number): number {
    const at = next[s]!.indexOf(t);
    return at < 0 ? 0 : p[s]![at]!;
  }
  const pay = range.map((s) => [p[s]!.reduce((sum, one, i) => sum + one * reward[s]![i]!, 0)]);
  let share: number[] = range.map(() => 1 / STATES);
  for (let k = 0; k < 2000; k++) {
    const moved = range.map((t) => range.reduce((sum, s) => sum + share[s]! * chance(s, t), 0));
    share = share.map((d, s) => (d + moved[s]!) / 2); // half of it stays: periods do not matter
  }
  return { next, p, reward, value: solve(matrix, pay).flat(), share };
}

/** Lives that all rules share: per run, the steps of one. */
function lives({ next, p, reward }: Mdp, rng: Rng, runs: number): Step[][] {
  const show = range.map((s) => Float64Array.from(range, (t) => (s === t ? 1 : 0)));
  const discount = Float64Array.of(GAMMA);
  return Array.from({ length: runs }, () => {
    let state = 0;
    const steps: Step[] = [{ observation: show[0]!, cumulant: new Float64Array(1), discount, start: true }];
    for (let t = 0; t < STEPS; t++) {
      let [u, i] = [rng.uniform(), 0];
      while (i < BRANCHING - 1 && u >= p[state]![i]!) u -= p[state]![i++]!;
      const cumulant = Float64Array.of(reward[state]![i]! + NOISE * rng.normal());
      state = next[state]![i]!;
      steps.push({ observation: show[state]!, cumulant, discount, start: false });
    }
    return steps;
  });
}

export interface Sweep {
  readonly mdps: number;
  readonly runs: number;
  readonly alphas: readonly number[];
  readonly lambdas: readonly number[];
}

/** Mean over chains of the least relative error that any alpha and lambda reaches there. */
export async function bestErrors(rule: RuleChoice, { mdps, runs, alphas, lambdas }: Sweep): Promise<number> {
  const worlds = Array.from({ length: mdps }, (_, seed) => {
    const rng = createRng(`chain ${seed}`);
    const mdp = draw(rng);
    return { mdp, life: lives(mdp, rng, runs), best: Infinity };
  });
  for (const alpha of alphas) {
    for (const lambda of lambdas) {
      const learner = await linearLearner({ ...rule, alpha, lambda }, STATES);
      for (const world of worlds) world.best = Math.min(world.best, errorOf(learner, world.mdp, world.life));
    }
  }
  return worlds.reduce((sum, { best }) => sum + best / mdps, 0);
}

function errorOf(learner: ReferenceLearner, { value, share }: Mdp, life: readonly Step[][]): number {
  const w = new Float64Array(STATES);
  const zero = value.reduce((sum, v, s) => sum + share[s]! * v ** 2, 0);
  let sum = 0;
  for (const steps of life) {
    learner.write('head.weights', w.fill(0));
    for (const step of steps) {
      try {
        learner.step(step);
      } catch {
        return Infinity; // it diverged
      }
      if (step.start) continue;
      learner.read('head.weights', w);
      for (let s = 0; s < STATES; s++) sum += share[s]! * (w[s]! - value[s]!) ** 2;
    }
  }
  return sum / (life.length * STEPS * zero);
}
