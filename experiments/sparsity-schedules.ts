/**
 * Which weights should a sparse recurrent net have? Gated recurrent units under SnAp-1, Adam and a linear softmax foretell the
 * characters of a source whose probabilities are known (envs/tasks/hidden-markov-text.ts), one stream, learned online. All
 * methods end with the same number of weights at a given sparsity; a unit's weight on itself and the biases are always there:
 *   static      a random mask, as the cell draws it, gate by gate
 *   set, rigl   the same mask at the start; then three tenths of the weights are exchanged every so many steps, of
 *               rigl fewer and fewer, until three quarters of the life
 *   pruning     a dense net of as many units, from which weights go until then
 *   small       a dense net of fewer units, of as many weights as the others or a few less
 *   dense       a dense net of as many units, at no sparsity: what the others save is worth
 * `excess` is exact: the divergence of the prediction from the true probabilities, in bits per character, over the last
 * quarter of a life; 0 is perfect, whatever is drawn.
 * Found (experiments/README.md): small < pruning < rigl < static at 75 and 90 %; set is static but for a little at 75 %; with
 * changes every hundred steps rigl is no better than static.
 */
import { makeEnv } from '@rl-tools/envs';
import { defineAgent } from '../src/agent.ts';
import { assembleReference } from '../src/assemble.ts';
import { defineStudy, type StudySetting } from '../src/experiment/study.ts';
import type { Step } from '../src/types.ts';

const SYMBOLS = 16;
const SOURCE = { symbols: SYMBOLS, states: 6, memory: 20 };
const UNITS = 48;
const EVERY = 1000; // steps from one change to the next
const SPARSITIES = [75, 90, 95]; // per cent
const EXCHANGES = ['set', 'rigl'];
const METHODS = ['static', ...EXCHANGES, 'pruning', 'small'];

/** Weights of a gated net [three matrices], where a share of those that may be left out is. */
const weights = (units: number, density: number): number => 3 * units * (2 + density * (SYMBOLS + units - 1));

/** The largest dense net of no more weights. */
function fewer(density: number): number {
  let units = 1;
  while (weights(units + 1, 1) <= weights(UNITS, density)) units++;
  return units;
}

function netOf({ method, sparsity, every, steps }: StudySetting) {
  const density = 1 - Number(sparsity) / 100;
  const times = { every, until: Math.floor(0.75 * Number(steps)) };
  const sparse = { id: 'gru', units: UNITS, density };
  const dense = { id: 'gru', units: UNITS };
  switch (method) {
    case 'set':
      return { cell: sparse, growth: { id: 'set', ...times } };
    case 'rigl':
      return { cell: sparse, growth: { id: 'rigl', ...times } };
    case 'pruning':
      return { cell: dense, growth: { id: 'magnitude-pruning', sparsity: 1 - density, begin: 0, ...times } };
    case 'small':
      return { cell: { id: 'gru', units: fewer(density) } };
    case 'dense':
      return { cell: dense };
    default:
      return { cell: sparse };
  }
}

interface Machine {
  readonly emission: Float64Array; // [states x symbols]
  readonly next: Uint8Array; // [states x symbols]
  readonly states: number;
}

async function live(setting: StudySetting, seed: number) {
  const agent = defineAgent({
    summary: 'characters by a sparse net',
    cite: 'evci2020rigging',
    estimator: { id: 'snap', n: 1 },
    features: { id: 'raw' },
    head: { id: 'softmax' },
    rule: { id: 'adam', alpha: 1e-3, lambda: 0 },
    ...netOf(setting),
  });
  const { learner, parts } = await assembleReference(agent, { inputSize: SYMBOLS, questions: SYMBOLS, seed });
  const steps = Number(setting['steps']);
  const env = await makeEnv('hidden-markov-text', SOURCE);
  const machine = (env.unwrapped as unknown as { readonly machine: Machine }).machine;
  const target = new Float64Array(SYMBOLS);
  const step = { cumulant: target, discount: target, target };
  let [observation] = env.reset({ seed }) as [Float64Array, unknown];
  let state = -1; // unknown before the first capital
  let [bits, scored] = [0, 0];
  for (let t = 0; t < steps; t++) {
    const seen = observation.indexOf(1);
    if (seen >= 0 && (state >= 0 || seen < machine.states)) state = machine.next[Math.max(0, state) * SYMBOLS + seen]!;
    target.fill(0);
    target[env.value!()] = 1;
    const { prediction } = learner.step({ ...step, observation, start: t === 0 } as Step);
    if (t >= 0.75 * steps && state >= 0) {
      bits += divergence(machine.emission.subarray(state * SYMBOLS, (state + 1) * SYMBOLS), prediction);
      scored++;
    }
    [observation] = env.step(0) as [Float64Array, ...unknown[]];
  }
  return { excess: bits / scored, weights: parts.cell.rows.source.length, kept: parts.estimator.cost.entries };
}

/** sum p log2 (p / q) */
function divergence(p: Float64Array, q: Float64Array): number {
  let total = 0;
  for (let a = 0; a < p.length; a++) if (p[a]! > 0) total += p[a]! * Math.log2(p[a]! / q[a]!);
  return total;
}

export default defineStudy({
  question: 'Which weights should a sparse net have: fixed, exchanged, or left of a dense one?',
  title: 'Schedules of sparsity',
  cite: 'evci2020rigging',
  measures: {
    excess: 'bits per character beyond the source, last quarter',
    weights: 'weights of the cell at the end',
    kept: 'numbers of influence at the end',
  },
  sweep(full) {
    const steps = full ? 40_000 : 10_000;
    const sparsities = full ? SPARSITIES : SPARSITIES.slice(1, 2);
    return [
      { method: 'dense', sparsity: 0, every: EVERY, steps },
      ...sparsities.flatMap((sparsity) => METHODS.map((method) => ({ method, sparsity, every: EVERY, steps }))),
      ...(full ? [100, 3000] : []).flatMap((every) =>
        EXCHANGES.map((method) => ({ method, sparsity: 90, every, steps })),
      ),
    ];
  },
  seeds: (full) => (full ? 5 : 3),
  measure: live,
  figures: [
    {
      kind: 'lines',
      name: 'excess',
      title: 'Characters by a sparse net',
      measure: 'excess',
      x: 'sparsity',
      xTitle: 'weights left out, per cent',
      by: 'method',
      where: ({ every }) => every === EVERY,
    },
    {
      kind: 'lines',
      name: 'interval',
      title: 'Steps between two exchanges',
      measure: 'excess',
      x: 'every',
      xTitle: 'steps from one change to the next',
      xScale: 'log',
      by: 'method',
      where: ({ method, sparsity }) => EXCHANGES.includes(String(method)) && sparsity === 90,
    },
  ],
});
