/**
 * The conditioning problems of Rafiee et al. (2023) under linear learners with fixed features of the past: mean squared return
 * error of the second half of a life. `zero` predicts nothing, `ideal` is the closed form of what knows all that can be
 * known; in between the bits as they are, 16 microstimuli of each, and two tilings of each trace, by Adam or by SwiftTD. Where
 * a learned state is worth having, it ends below all of these.
 */
import { makeEnv } from '@rl-tools/envs';
import type { Choice } from '../src/agent.ts';
import { linearRun } from '../src/experiment/linear-run.ts';
import { defineStudy, type Expected } from '../src/experiment/study.ts';
import { returnError, TraceFeatures, type TraceFeatureOptions } from '../src/experiment/trace-features.ts';

interface Problem {
  readonly env: string;
  readonly isi: number;
  readonly options: Readonly<Record<string, unknown>>;
  readonly noted: readonly number[]; // in the order of LEARNERS
}

const trace = (isi: number, distractors = 0): Pick<Problem, 'env' | 'isi' | 'options'> => ({
  env: 'trace-conditioning',
  isi,
  options: { isi: [isi - Math.floor(isi / 3), isi + Math.floor(isi / 3)], distractors },
});
const PROBLEMS: Readonly<Record<string, Problem>> = {
  'trace, ISI 10': { ...trace(10), noted: [0.1814, 0.01243, 0.133, 0.0326, 0.0383, 0.0381] },
  'trace, ISI 20': { ...trace(20), noted: [0.3344, 0.01532, 0.225, 0.0417, 0.0549, 0.0546] },
  'trace, ISI 30': { ...trace(30), noted: [0.4627, 0.0195, 0.2647, 0.0429, 0.064, 0.0635] },
  'trace, 10 distractors': { ...trace(10, 10), noted: [0.1817, 0.01241, 0.1343, 0.0432, 0.0392, 0.0383] },
  'noisy patterning': {
    env: 'noisy-patterning',
    isi: 4,
    options: { cues: 4, patterns: 4, distractors: 0, noise: 0.1 },
    noted: [0.0381, 0.00865, 0.0236, 0.022, 0.0197, 0.0195],
  },
  'trace patterning': {
    env: 'trace-patterning',
    isi: 10,
    options: { cues: 6, patterns: 10, distractors: 5 },
    noted: [0.0915, 0.01003, 0.0787, 0.0698, 0.0565, 0.0549],
  },
};

const adam = (alpha: number): Choice => ({ id: 'adam', alpha, lambda: 0.9 });
const LEARNERS: Readonly<Record<string, { kind: TraceFeatureOptions['kind']; rule: Choice } | null>> = {
  zero: null,
  ideal: null,
  'bits, adam': { kind: 'presence', rule: adam(1e-3) },
  'microstimuli, adam': { kind: 'microstimuli', rule: adam(1e-3) },
  'tiles, adam': { kind: 'tiles', rule: adam(1e-4) },
  'tiles, swift-td': {
    kind: 'tiles',
    rule: { id: 'swift-td', alpha: 1e-3, theta: 1e-3, eta: 0.1, lambda: 0.9 },
  },
};
const FULL = 400_000;

export default defineStudy({
  question: 'How far do fixed traces come in trace conditioning and patterning?',
  title: 'Conditioning, fixed features',
  cite: 'rafiee2023eyeblinks',
  measures: { msre: 'mean squared return error, second half' },
  sweep: (full) =>
    Object.keys(PROBLEMS).flatMap((problem) =>
      Object.keys(LEARNERS).map((learner) => ({ problem, learner, steps: full ? FULL : 60_000 })),
    ),
  seeds: (full) => (full ? 5 : 2),
  async measure({ problem, learner, steps }, seed) {
    const { env: id, isi, options } = PROBLEMS[String(problem)]!;
    const env = await makeEnv(id, options);
    if (learner === 'ideal') return { msre: env.metadata.floors!.ideal };
    const { kind, rule } = LEARNERS[String(learner)] ?? { kind: 'presence', rule: { id: 'td-lambda', alpha: 0 } };
    const features = new TraceFeatures(env, { kind, decay: (1 - 1 / isi) ** 2 });
    const run = await linearRun({ env: features, rule, seed, bias: true });
    const predictions = new Float64Array(Number(steps));
    const cumulants = new Float64Array(Number(steps));
    let t = 0;
    run.live(Number(steps), (prediction) => {
      cumulants[t] = run.step.cumulant[0]!;
      predictions[t++] = prediction;
    });
    return { msre: returnError(predictions, cumulants, env.metadata.discount!, Math.floor(Number(steps) / 2)) };
  },
  figures: [],
  expected: Object.entries(PROBLEMS).flatMap(([problem, { noted }]) =>
    Object.keys(LEARNERS).map((learner, i): Expected => {
      const source = 'another program of ours, in another language, 400,000 steps, 5 seeds';
      return {
        for: { problem, learner, steps: FULL },
        measure: 'msre',
        value: noted[i]!,
        runs: 5,
        kind: 'noted',
        source,
      };
    }),
  ),
});
