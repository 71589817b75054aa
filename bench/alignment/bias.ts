/**
 * The bias of SnAp-n on sparse and dense nets of 32 units, trained by SnAp-1 in two environments; writes its table
 * into docs/estimators.md: node dist/bench/alignment/bias.js [--steps 20000 --nets 3]. Some two minutes.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Choice } from '../../src/agent.ts';
import { markdownTable } from '../../src/plots/table.ts';
import { atomicWrite } from '../../src/results/atomic-write.ts';
import { mean } from '../../src/statistics/mean.ts';
import { progress } from '../progress.ts';
import { type Bias, biasOf } from './bias-of.ts';

const UNITS = 32;
const NETS: readonly (readonly [name: string, cell: Choice])[] = [
  ['tanh, 94 % sparse', { id: 'tanh', units: UNITS, density: 0.06 }],
  ['GRU, a mask per gate, 97 %', { id: 'gru', units: UNITS, density: 0.03 }],
  ['GRU, one mask, 94 %', { id: 'gru', units: UNITS, density: 0.06, mask: 'shared' }],
  ['LSTM, a mask per gate, 97 %', { id: 'lstm', units: UNITS, density: 0.03 }],
  ['LSTM, one mask, 94 %', { id: 'lstm', units: UNITS, density: 0.06, mask: 'shared' }],
  ['tanh, dense', { id: 'tanh', units: UNITS }],
  ['GRU, dense', { id: 'gru', units: UNITS }],
  ['LSTM, dense', { id: 'lstm', units: UNITS }],
];
const ENVIRONMENTS = ['trace-conditioning', 'cycle-world'];
const SHOWN = [1, 2, 3, 4, 5, 6];

const { values } = parseArgs({
  options: { steps: { type: 'string', default: '20000' }, nets: { type: 'string', default: '3' } },
});
const steps = Number(values.steps);
const rows: string[][] = [];
let largest = 0; // relative error where structure says exact
let pairs = 0; // of neighbouring n
let rises = 0; // of them, where the error grew
for (const [name, cell] of NETS) {
  for (const env of ENVIRONMENTS) {
    const nets: Bias[][] = [];
    for (let seed = 0; seed < Number(values.nets); seed++) {
      progress(`${name} in ${env}, net ${seed}`);
      nets.push(await biasOf({ cell, env, seed, steps }));
    }
    for (const net of nets) {
      largest = Math.max(largest, net.at(-1)!.relativeError);
      pairs += net.length - 1;
      rises += net.slice(1).filter(({ relativeError }, i) => relativeError > net[i]!.relativeError).length;
    }
    const saturations = [...new Set(nets.map((net) => net.length))].sort((a, b) => a - b);
    rows.push([name, env, saturations.join(', '), ...SHOWN.map((n) => at(nets, n))]);
  }
}

const right = (title: string) => ({ title, align: 'right' as const });
const columns = [{ title: 'net' }, { title: 'environment' }, right('exact from n')];
const page = 'docs/estimators.md';
const table = markdownTable([...columns, ...SHOWN.map((n) => right(`n = ${n}`))], rows);
const text = `${table}

Trained for ${steps} steps, ${values.nets} nets each. Where the structure says exact, the error is at most ${largest.toExponential(1)}; of ${pairs} pairs of
neighbouring n the larger one had the larger error ${rises} times.
`;
const marked = /(<!-- node dist\/bench\/alignment\/bias\.js[^>]*-->\n)[\s\S]*?(<!-- end -->)/;
const before = readFileSync(page, 'utf8');
if (!marked.test(before)) throw new Error(`${page} has no marker for the table`);
atomicWrite(
  page,
  before.replace(marked, (_, begin: string, end: string) => `${begin}\n${text}\n${end}`),
);
console.log(text);

/** Mean over nets; those that are exact before n stay at it. */
function at(nets: readonly Bias[][], n: number): string {
  const found = nets.map((net) => net[n - 1] ?? net.at(-1)!);
  if (n > 2 && nets.every((net) => net.length < n)) return '';
  if (found.every(({ isExact }) => isExact)) return '**0**';
  return mean(found.map(({ relativeError, isExact }) => (isExact ? 0 : relativeError))).toPrecision(2);
}
