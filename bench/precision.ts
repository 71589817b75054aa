/**
 * What f32 weights lose: 6 LSTM columns learn 50,000 steps of noise once in f32 and once in f64, for smaller and
 * smaller step sizes. max |change in f32 - change in f64| / max |change in f64| over theta. docs/precision.md.
 *   npm run build && node dist/bench/precision.js
 */
import { createRng } from '@rl-tools/envs';
import { agentSchema } from '../src/agent.ts';
import { assemble } from '../src/assemble.ts';
import { createStepChunk } from '../src/chunk.ts';
import { markdownTable } from '../src/plots/table.ts';
import { createReportChunk } from '../src/report-chunk.ts';

const STEPS = 50_000;
const INPUTS = 5;

/** theta after the life, minus theta before. */
async function change(rule: string, alpha: number, precision: 'f32' | 'f64'): Promise<Float64Array> {
  const agent = agentSchema.parse({
    summary: '',
    cell: { id: 'lstm-columns' },
    estimator: { id: 'columnar' },
    features: { id: 'raw' },
    rule: { id: rule, alpha, headAlpha: 1e-3 },
  });
  const { learner } = await assemble(agent, { inputSize: INPUTS, seed: 0, path: 'compiled', precision });
  const theta = (): Float64Array => {
    const values = new Float64Array(learner.arrays['cell.params']!);
    learner.read('cell.params', values);
    return values;
  };
  const before = theta();
  const rng = createRng('precision');
  const steps = createStepChunk(256, INPUTS);
  const report = createReportChunk(steps);
  steps.discount.fill(0.9);
  for (let t = 0; t < STEPS; t += 256) {
    steps.length = 256;
    for (let i = 0; i < 256 * INPUTS; i++) steps.observation[i] = rng.normal();
    for (let i = 0; i < 256; i++) steps.cumulant[i] = rng.normal();
    learner.run(steps, report);
  }
  return theta().map((value, i) => value - before[i]!);
}

const largest = (values: Float64Array): number => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

async function lost(rule: string, alpha: number): Promise<string> {
  const [short, long] = [await change(rule, alpha, 'f32'), await change(rule, alpha, 'f64')];
  return (largest(long.map((value, i) => value - short[i]!)) / largest(long)).toExponential(0);
}

const rows: string[][] = [];
for (const alpha of [1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8]) {
  rows.push([alpha.toExponential(), await lost('td-lambda', alpha), await lost('rmsprop', alpha)]);
}
console.log(markdownTable([{ title: 'alpha' }, { title: 'td-lambda' }, { title: 'rmsprop' }], rows));
