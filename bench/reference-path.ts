/**
 * What a step of the reference path costs: columnar LSTM, exact traces, TD(lambda), ns of CPU time per parameter and
 * step. Random inputs and cumulants, no environment. Every figure is the median of seven rounds; the variants take
 * turns within a round, so that a machine that slows down slows all of them.
 *   npm run bench
 */
import { createRng } from '@rl-tools/envs';
import { agentSchema } from '../src/agent.ts';
import { assemble } from '../src/assemble.ts';
import { createStepChunk } from '../src/chunk.ts';
import { markdownTable } from '../src/plots/table.ts';
import { createReportChunk } from '../src/report-chunk.ts';
import { median } from '../src/statistics/median.ts';

const ROUNDS = 7;
const SAMPLE = 60e6; // ns of CPU time per sample, at least

const SIZES = [
  [16, 8],
  [20, 12],
  [64, 32],
  [256, 32],
] as const;

interface Variant {
  readonly label: string;
  readonly parameters: number;
  readonly run: () => void; // one chunk
  readonly steps: number; // per chunk
  readonly samples: number[]; // ns per step
}

async function variant(columns: number, inputSize: number, rule: string): Promise<Variant> {
  const agent = agentSchema.parse({
    summary: '',
    cite: '',
    cell: { id: 'lstm-columns', columns },
    estimator: { id: 'columnar' },
    features: { id: 'normalised' },
    rule: { id: rule },
  });
  const { learner } = await assemble(agent, { inputSize, seed: 0 });
  const steps = createStepChunk(256, inputSize);
  const rng = createRng('bench');
  steps.length = 256;
  steps.observation.forEach((_, i) => (steps.observation[i] = rng.uniform() < 0.1 ? 1 : 0));
  steps.cumulant.forEach((_, i) => (steps.cumulant[i] = rng.uniform() < 0.01 ? 1 : 0));
  steps.discount.fill(0.9);
  const report = createReportChunk(steps);
  const label = `${columns} x ${inputSize}, ${rule}`;
  return { label, parameters: learner.parameters, run: () => learner.run(steps, report), steps: 256, samples: [] };
}

function sample({ run, steps }: Variant): number {
  const begin = process.cpuUsage();
  let chunks = 0;
  for (;;) {
    run();
    chunks++;
    const { user, system } = process.cpuUsage(begin);
    const spent = (user + system) * 1000;
    if (spent >= SAMPLE) return spent / (chunks * steps);
  }
}

const variants: Variant[] = [];
for (const [columns, inputs] of SIZES) {
  for (const rule of ['td-lambda', 'rmsprop']) variants.push(await variant(columns, inputs, rule));
}
for (const each of variants) sample(each); // warm-up
for (let round = 0; round < ROUNDS; round++) for (const each of variants) each.samples.push(sample(each));

const rows = variants.map(({ label, parameters, samples }) => {
  const perParameter = samples.map((ns) => ns / parameters);
  const spread = `${Math.min(...perParameter).toFixed(1)} .. ${Math.max(...perParameter).toFixed(1)}`;
  return [label, String(parameters), (median(samples) / 1000).toFixed(2), median(perParameter).toFixed(1), spread];
});
const right = (title: string) => ({ title, align: 'right' as const });
console.log(
  markdownTable(
    [
      { title: 'columns x inputs, rule' },
      right('parameters'),
      right('us/step'),
      right('ns/parameter/step'),
      right('min .. max'),
    ],
    rows,
  ),
);
