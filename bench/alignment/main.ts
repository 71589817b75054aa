/**
 * How close every estimator is to the exact gradient on trained nets of 32 units, and what it costs; writes the tables
 * into docs/estimators.md: npm run alignment [-- --steps 100000 --nets 3]. Some ten minutes.
 */
import { parseArgs } from 'node:util';
import { machine } from '../machine.ts';
import { progress } from '../progress.ts';
import { intoPage } from '../report/into-page.ts';
import { LEARN, measure, MEASURED, WARM } from './measure.ts';
import { alignmentTable, costTable, type Net } from './tables.ts';
import { train } from './train.ts';

const NETS = [
  { name: 'tanh', cell: { id: 'tanh', units: 32 }, estimator: { id: 'snap', n: 1 } },
  { name: 'GRU', cell: { id: 'gru', units: 32 }, estimator: { id: 'snap', n: 1 } },
  { name: 'LSTM', cell: { id: 'lstm', units: 32 }, estimator: { id: 'snap', n: 1 } },
  {
    name: 'columns',
    cell: { id: 'lstm-columns', columns: 32, scale: 0.3, forgetBias: 1 },
    estimator: { id: 'columnar' },
  },
];
const ENVIRONMENTS = ['trace-conditioning', 'cycle-world'];

const { values } = parseArgs({
  options: { steps: { type: 'string', default: '100000' }, nets: { type: 'string', default: '3' } },
});
const steps = Number(values.steps);
const seeds = Array.from({ length: Number(values.nets) }, (_, seed) => seed);
const nets: Net[] = [];
for (const { name, cell, estimator } of NETS) {
  const environments = [];
  for (const env of ENVIRONMENTS) {
    const runs = [];
    for (const seed of seeds) {
      progress(`${name} in ${env}, net ${seed}`);
      runs.push(await measure(await train(seed, cell, estimator, env, steps, LEARN + WARM + MEASURED)));
    }
    environments.push({ name: env, runs });
  }
  nets.push({ name, environments });
}
const tables = `${seeds.length} nets each, trained for ${steps} steps by \`snap n=1\` (columns: \`columnar\`), then ${MEASURED} steps with weights that stand still. ${machine()}.

Cosine with the exact gradient of v_t, mean over steps: mean over nets (least to largest). Bold: exact by structure; \`-\`: learns from targets alone.

${alignmentTable(nets)}

Microseconds per step of the whole learner, on the path it takes, and KiB of weights and influence:

${costTable(nets)}
`;
intoPage('docs/estimators.md', 'npm run alignment', tables);
console.log(tables);
