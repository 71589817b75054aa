/**
 * Characters of a source whose entropy rate is known (envs/tasks/hidden-markov-text.ts; Menick et al. 2021, section 5.1, have
 * a text in its place): how many bits beyond it does each way to learn the state pay? One stream, learned online at every
 * character: 32 gated recurrent units, dense or with a quarter of the weights, gates of a unit sharing their mask, a linear
 * softmax, Adam. On dense nets SnAp-2 is RTRL, which is left out there for its price.
 * The excess is a mean over characters drawn at random: that of a perfect predictor is 0 only in the mean over seeds. A seed
 * reads the same characters by every method.
 * A text, and samples of what was learned of it: examples/characters.sh, docs/characters.md. What came out: experiments/README.md.
 */
import { defineExperiment, type ExperimentSetting } from '../src/experiment/experiment.ts';
import { meanByMethod } from '../src/experiment/mean-by-method.ts';

const METHODS = {
  'SnAp-1': { id: 'snap', n: 1 },
  'SnAp-2': { id: 'snap', n: 2 },
  RTRL: { id: 'rtrl' },
  UORO: { id: 'uoro' },
  RFLO: { id: 'rflo' },
  immediate: { id: 'immediate' },
  'TBPTT, 10 steps': { id: 'tbptt', window: 10 },
  frozen: { id: 'none' },
} as const;
type Method = keyof typeof METHODS;
const COSTLY: readonly Method[] = ['SnAp-2', 'RTRL']; // on dense nets, where they are one

/** The best of 3e-4, 1e-3 and 3e-3 on seeds 100 and 101, 60,000 characters; RTRL as SnAp-2, dense TBPTT as the sparse. */
function alphaOf(name: Method, density: number): number {
  if (name === 'frozen') return 3e-3;
  return name === 'UORO' && density === 1 ? 3e-4 : 1e-3;
}

function settings(density: number, isFull: boolean): ExperimentSetting[] {
  const names = (Object.keys(METHODS) as Method[]).filter((name) => density < 1 || !COSTLY.includes(name));
  return names.map((name) => ({
    agent: 'snap-characters',
    name,
    agentOptions: {
      estimator: METHODS[name],
      cell: { id: 'gru', units: 32, density, mask: 'shared' },
      rule: { alpha: alphaOf(name, density) },
    },
    env: { id: 'hidden-markov-text' },
    steps: isFull ? 100_000 : 10_000,
    window: isFull ? 25_000 : 2_500,
  }));
}

export default defineExperiment({
  question: 'How far from the entropy rate does each way to learn the state end?',
  title: 'Characters of a hidden Markov source',
  metric: 'excess',
  panels: ['agent.cell.density'],
  sweep: (isFull) => [1, 1 / 4].flatMap((density) => settings(density, isFull)),
  seeds: (isFull) => (isFull ? 5 : 3),
  score: meanByMethod(({ excess }) => excess),
});
