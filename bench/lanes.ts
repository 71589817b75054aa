/**
 * What compiled lanes gain: tokens per second of 16 lanes that learn classes by softmax and Adam, half of the steps asked, on
 * both paths, medians of rounds that take turns. Writes its table into docs/minibatches.md:
 *   node dist/bench/lanes.js
 */
import { parseArgs } from 'node:util';
import { agentSchema, type AgentConfig } from '../src/agent.ts';
import { assembleLanes } from '../src/assemble.ts';
import type { LaneStep } from '../src/lanes.ts';
import { markdownTable } from '../src/plots/table.ts';
import { median } from '../src/statistics/median.ts';
import { type Effort, FULL } from './effort.ts';
import { machine } from './machine.ts';
import { progress } from './progress.ts';
import { intoPage } from './report/into-page.ts';
import { takeTurns, warm, type Work } from './timing.ts';

const LANES = 16;
const CLASSES = 10;
const LENGTH = 40; // of a sequence, asked in its second half
const NEEDS = { inputSize: CLASSES, questions: CLASSES, seed: 0 };
const METHODS = [
  ['SnAp-1', { id: 'snap', n: 1 }],
  ['SnAp-2', { id: 'snap', n: 2 }],
  ['RTRL', { id: 'rtrl' }],
] as const;
const PATHS = ['reference', 'compiled'] as const;
const EFFORT: Effort = { ...FULL, rounds: 5, sampleMs: 50, warmMs: 100 };
/** Multiply-adds per step and lane that are not waited for. */
const MOST = { reference: 4e7, compiled: 2e8 } as const;

const { values } = parseArgs({ options: { units: { type: 'string', default: '32,64,128' } } });
const rows: string[][] = [];
for (const cell of ['tanh', 'gru', 'lstm']) {
  for (const units of values.units.split(',').map(Number)) {
    for (const sparsity of [0, 0.75, 0.9375]) {
      const net = { id: cell, units, ...(sparsity > 0 ? { density: 1 - sparsity } : {}) };
      const cells: string[] = [];
      for (const [name, estimator] of METHODS) {
        progress(`${cell}, ${units} units, ${100 * sparsity} % sparse, ${name}`);
        cells.push(...(await tokensPerSecond(agentOf(net, estimator))));
      }
      rows.push([cell, String(units), `${100 * sparsity} %`, ...cells]);
    }
  }
}

const right = (title: string) => ({ title, align: 'right' as const });
const columns = [{ title: 'cell' }, right('units'), right('sparse')];
const titles = METHODS.flatMap(([name]) => [right(`${name}: reference`), right('compiled'), right('times')]);
const text = `${markdownTable([...columns, ...titles], rows)}

Thousands of tokens per second of CPU time, ${LANES} lanes, f32, ${CLASSES} inputs and classes; ${machine()}. Left out is what takes more than ${MOST.reference / 1e6} (reference)
or ${MOST.compiled / 1e6} million products per token, or does not fit into memory.
`;
intoPage('docs/minibatches.md', 'node dist/bench/lanes.js', text);
console.log(text);

function agentOf(cell: object, estimator: object): AgentConfig {
  return agentSchema.parse({
    summary: 'lanes to be timed',
    ...{ cell, estimator, features: { id: 'raw' }, head: { id: 'softmax' }, rule: { id: 'adam' } },
    lanes: LANES,
    clip: 1,
  });
}

/** Of both paths, and how many times as fast the second one is. */
async function tokensPerSecond(agent: AgentConfig): Promise<string[]> {
  const { cost } = await assembleLanes({ ...agent, lanes: 1 }, { ...NEEDS, path: 'reference' });
  const works: (Work | null)[] = [];
  for (const path of PATHS) works.push(cost.macsPerStep > MOST[path] ? null : await work(agent, path));
  const there = works.filter((one) => one !== null);
  const samples = takeTurns(
    there.map((one) => warm(one, EFFORT)),
    EFFORT,
  );
  const thousands = works.map((one) => (one === null ? null : 1e6 / median(samples[there.indexOf(one)]!)));
  const [reference, compiled] = thousands as [number | null, number | null];
  const times = reference === null || compiled === null ? '' : (compiled / reference).toFixed(1);
  return [shown(reference), shown(compiled), times];
}

function shown(thousands: number | null): string {
  return thousands === null ? '' : String(Number(thousands.toPrecision(2)));
}

async function work(agent: AgentConfig, path: (typeof PATHS)[number]): Promise<Work | null> {
  const { learner, chosen } = await assembleLanes(agent, { ...NEEDS, path: path === 'compiled' ? 'auto' : path });
  if (chosen.path !== path) return null; // it does not fit into memory
  const streams = Array.from({ length: LANES }, (_, b) => sequence(b));
  const ticks = Array.from({ length: LENGTH }, (_, t) => streams.map((stream) => stream[t]!));
  let t = 0;
  return { steps: LANES, run: () => void learner.step(ticks[t++ % LENGTH]!) };
}

function sequence(b: number): LaneStep[] {
  return Array.from({ length: LENGTH }, (_, t) => {
    const one = (k: number): Float64Array => Float64Array.from({ length: CLASSES }, (_, i) => (i === k ? 1 : 0));
    const target = t < LENGTH / 2 ? null : one((t * (b + 3)) % CLASSES);
    return { observation: one((t * 7 + b) % CLASSES), target, start: t === 0 };
  });
}
