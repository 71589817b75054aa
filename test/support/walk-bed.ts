/** The random walk of 19 states (Sutton & Barto 2018, example 7.1): the error over the first ten episodes. */
import { makeEnv } from '@rl-tools/envs';
import { get } from './arrays.ts';
import { linearLearner, type RuleChoice } from './linear-bed.ts';

const STATES = 19;
const EPISODES = 10;

/** RMS error over the states, averaged over ten episodes and runs. */
export async function walkError(rule: RuleChoice, runs: number): Promise<number> {
  let sum = 0;
  for (let seed = 0; seed < runs; seed++) sum += (await oneRun(rule, seed)) / runs;
  return sum;
}

async function oneRun(rule: RuleChoice, seed: number): Promise<number> {
  const env = await makeEnv('random-walk');
  const learner = await linearLearner(rule, STATES);
  const out = { observation: new Float64Array(STATES), reward: 0, terminated: false, truncated: false };
  const [cumulant, discount] = [new Float64Array(1), new Float64Array(1)];
  const step = { observation: out.observation, cumulant, discount };
  let sum = 0;
  for (let episode = 0; episode < EPISODES; episode++) {
    env.resetInto(out, episode === 0 ? { seed } : undefined);
    learner.step({ ...step, start: true });
    while (!out.terminated) {
      env.stepInto(0, out);
      cumulant[0] = out.reward;
      discount[0] = out.terminated ? 0 : 1;
      learner.step({ ...step, start: false });
    }
    sum += rmsError(get(learner, 'head.weights')) / EPISODES;
  }
  return sum;
}

/** The weight of state i = 1 .. 19 is its value, (i - 10) / 10 in truth. */
function rmsError(values: readonly number[]): number {
  return Math.sqrt(values.reduce((sum, v, i) => sum + (v - (i - 9) / 10) ** 2, 0) / STATES);
}
