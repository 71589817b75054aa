/**
 * The bias of SnAp-n on sparse and dense nets of 32 units, trained by SnAp-1 in two environments; writes its table
 * into docs/estimators.md: node dist/bench/alignment/bias.js [--steps 20000 --nets 5]. Some four minutes.
 */
import { parseArgs } from 'node:util';
import type { Choice } from '../../src/agent.ts';
import { markdownTable } from '../../src/plots/table.ts';
import { median } from '../../src/statistics/median.ts';
import { intoPage } from '../report/into-page.ts';
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
  options: { steps: { type: 'string', default: '20000' }, nets: { type: 'string', default: '5' } },
});
const steps = Number(values.steps);
const rows: string[][] = [];
let largest = 0; // relative error where structure says exact
let pairs = 0; // of neighbouring n
let rises = 0; // of them, where the error grew
let medianRises = 0; // of neighbouring n in one row, where the median over its nets grew
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
    const medians = Array.from({ length: Math.max(...nets.map(({ length }) => length)) }, (_, i) =>
      middle(nets, i + 1),
    );
    medianRises += medians.slice(1).filter((error, i) => error > medians[i]!).length;
    const saturations = [...new Set(nets.map((net) => net.length))].sort((a, b) => a - b);
    rows.push([name, env, saturations.join(', '), ...SHOWN.map((n) => at(nets, n))]);
  }
}

const right = (title: string) => ({ title, align: 'right' as const });
const columns = [{ title: 'net' }, { title: 'environment' }, right('exact from n')];
const table = markdownTable([...columns, ...SHOWN.map((n) => right(`n = ${n}`))], rows);
const text = `${table}

Trained for ${steps} steps, ${values.nets} nets each. Where the structure says exact, the error is at most ${largest.toExponential(1)}. From one n to the next
the median over nets grew ${times(medianRises)}, the error of single nets ${times(rises)} of ${pairs}.
`;
intoPage('docs/estimators.md', 'node dist/bench/alignment/bias.js', text);
console.log(text);

function times(count: number): string {
  return count === 0 ? 'never' : count === 1 ? 'once' : `${count} times`;
}

/** Those that are exact before n stay at it. */
function errorsAt(nets: readonly Bias[][], n: number): number[] {
  return nets
    .map((net) => net[n - 1] ?? net.at(-1)!)
    .map(({ relativeError, isExact }) => (isExact ? 0 : relativeError));
}

function middle(nets: readonly Bias[][], n: number): number {
  return median(errorsAt(nets, n));
}

/** Median over nets (the largest). */
function at(nets: readonly Bias[][], n: number): string {
  if (n > 2 && nets.every((net) => net.length < n)) return '';
  const errors = errorsAt(nets, n);
  if (errors.every((error) => error === 0)) return '**0**';
  return `${middle(nets, n).toPrecision(2)} (${Math.max(...errors).toPrecision(2)})`;
}
