/**
 * What bits that say nothing cost: trace conditioning, interval 10, tile-coded traces and 0, 100 or 400 random bits beside
 * them, each on with probability .1. Mean squared return error of the second half of 60,000 steps, and how large the step
 * sizes of the random bits are, in the mean, as a share of the mean of the eight largest of the others.
 */
import { makeEnv } from '@rl-tools/envs';
import type { Choice } from '../src/agent.ts';
import { linearRun } from '../src/experiment/linear-run.ts';
import { defineStudy, type Expected } from '../src/experiment/study.ts';
import { returnError, TraceFeatures } from '../src/experiment/trace-features.ts';
import { mean } from '../src/statistics/mean.ts';

const LEARNERS: Readonly<Record<string, Choice>> = {
  'true online, .001': { id: 'true-online-td', alpha: 0.001 },
  'true online, .01': { id: 'true-online-td', alpha: 0.01 },
  'tidbd, .01, .01': { id: 'tidbd', alpha: 0.01, theta: 0.01 },
  'autostep-tidbd, .01, .01': { id: 'autostep-tidbd', alpha: 0.01, theta: 0.01 },
  'swift-td, .001, .01': { id: 'swift-td', alpha: 1e-3, theta: 1e-2, eta: 0.1 },
  'swift-td, 1e-7, .001': { id: 'swift-td', alpha: 1e-7, theta: 1e-3, eta: 0.1 },
};
const NOTED: Readonly<Record<string, readonly number[]>> = {
  'true online, .001': [0.0412, 0.0421, 0.0443],
  'true online, .01': [0.0508, 0.0557, 0.0714],
  'tidbd, .01, .01': [0.0512, 0.0564, 0.074],
  'autostep-tidbd, .01, .01': [0.0636, 0.0485, 0.0608],
  'swift-td, .001, .01': [0.0385, 0.0391, 0.041],
  'swift-td, 1e-7, .001': [0.04829, 0.04829, 0.04829],
};
const COUNTS = [0, 100, 400];

export default defineStudy({
  question: 'What do features that say nothing cost a learner?',
  title: 'Trace conditioning with irrelevant features',
  cite: 'javed2024swifttd',
  measures: {
    msre: 'mean squared return error, second half',
    share: 'step sizes of irrelevant features / of the best eight',
  },
  sweep: () =>
    Object.keys(LEARNERS).flatMap((learner) => COUNTS.map((irrelevant) => ({ learner, irrelevant, steps: 60_000 }))),
  seeds: (full) => (full ? 10 : 2),
  async measure({ learner, irrelevant, steps }, seed) {
    const bits = Number(irrelevant);
    const env = await makeEnv('trace-conditioning', { distractors: 0 });
    const features = new TraceFeatures(env, { kind: 'tiles', decay: 0.81, irrelevant: bits, seed });
    const rule = { lambda: 0.9, ...LEARNERS[String(learner)]! };
    const run = await linearRun({ env: features, rule, seed, bias: true });
    const predictions = new Float64Array(Number(steps));
    const cumulants = new Float64Array(Number(steps));
    let t = 0;
    run.live(Number(steps), (prediction) => {
      cumulants[t] = run.step.cumulant[0]!;
      predictions[t++] = prediction;
    });
    const msre = returnError(predictions, cumulants, env.metadata.discount!, Math.floor(Number(steps) / 2));
    if (bits === 0 || rule.id === 'true-online-td') return { msre };
    const sizes = [...run.stepSizes()];
    const noise = sizes.slice(-1 - bits, -1); // the bias comes last
    const signal = [...sizes.slice(0, -1 - bits), sizes.at(-1)!].sort((a, b) => b - a).slice(0, 8);
    return { msre, share: mean(noise) / mean(signal) };
  },
  tables: [
    { title: 'Error', measures: ['msre'] },
    { title: 'Step sizes of irrelevant features, as a share', measures: ['share'] },
  ],
  figures: [
    {
      kind: 'lines',
      name: 'error',
      title: 'Trace conditioning with irrelevant features',
      measure: 'msre',
      x: 'irrelevant',
      xTitle: 'irrelevant features',
      yScale: 'log', // one learner fails without any
      by: 'learner',
    },
  ],
  expected: Object.entries(NOTED).flatMap(([learner, values]) =>
    values.map((value, i): Expected => {
      const source = 'another program of ours, in another language, 3 seeds';
      return { for: { learner, irrelevant: COUNTS[i]! }, measure: 'msre', value, runs: 3, kind: 'noted', source };
    }),
  ),
});
