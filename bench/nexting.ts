/**
 * Nexting (Modayil, White & Sutton 2014): many predictions of many features on one core, compiled, one eligibility per
 * horizon: predictions made and learned per second of CPU time, the median of seven rounds.
 *   node dist/bench/nexting.js
 */
import { createRng } from '@rl-tools/envs';
import { defineAgent } from '../src/agent.ts';
import { assemble } from '../src/assemble.ts';
import { createStepChunk } from '../src/chunk.ts';
import { createReportChunk } from '../src/report-chunk.ts';
import { median } from '../src/statistics/median.ts';
import { FULL } from './effort.ts';
import { sample, warm } from './timing.ts';

const SIZES = [
  [2000, 6000],
  [2160, 6065],
  [6000, 6000],
] as const; // predictions, features
const HORIZONS = 4;
const STEPS = 8;
const ROUNDS = 7;

console.log('| predictions | features | precision | ms a step | steps per second | GB of weights per second |');
console.log('|---|---|---|---|---|---|');
for (const [predictions, features] of SIZES) {
  for (const precision of ['f32', 'f64'] as const) {
    const work = warm(await nexting(predictions, features, precision), { ...FULL, warmMs: 1000 });
    const ns = median(Array.from({ length: ROUNDS }, () => sample(work, 500)));
    const bytes = 2 * predictions * features * (precision === 'f32' ? 4 : 8); // read and written
    const row = [
      predictions,
      features,
      precision,
      (ns / 1e6).toFixed(1),
      (1e9 / ns).toFixed(1),
      (bytes / ns).toFixed(1),
    ];
    console.log(`| ${row.join(' | ')} |`);
  }
}

async function nexting(predictions: number, features: number, precision: 'f32' | 'f64') {
  const questions = Array.from({ length: predictions }, (_, k) => ({
    cumulant: Math.floor(k / HORIZONS),
    discount: 1 - 1 / 2 ** (1 + (k % HORIZONS)),
  }));
  const agent = defineAgent({
    summary: 'nexting',
    cell: { id: 'none' },
    estimator: { id: 'none' },
    features: { id: 'raw', bias: false, observation: true },
    head: { id: 'horde', questions },
    rule: { id: 'td-lambda', alpha: 0.1 / features, lambda: 0.9 },
  });
  const { learner } = await assemble(agent, { inputSize: features, seed: 0, path: 'compiled', precision });
  const rng = createRng('nexting');
  const chunk = createStepChunk(STEPS, features, predictions);
  chunk.length = STEPS;
  chunk.observation.forEach((_, i) => (chunk.observation[i] = rng.uniform()));
  for (let t = 0; t < STEPS; t++) {
    questions.forEach(({ cumulant, discount }, k) => {
      chunk.cumulant[t * predictions + k] = chunk.observation[t * features + cumulant]!;
      chunk.discount[t * predictions + k] = discount;
    });
  }
  const report = createReportChunk(chunk);
  chunk.start[0] = 1;
  learner.run(chunk, report);
  chunk.start[0] = 0;
  return { steps: STEPS, run: () => learner.run(chunk, report) };
}
