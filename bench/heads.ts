/**
 * SwiftTD on a linear head, compiled, beside a straightforward C++ version (bench/peers/swift-td.cpp, -O3 -march=native)
 * and the reference path, in turns: ns of CPU time per step and per feature, the median of seven rounds.
 *   node dist/bench/heads.js
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createRng } from '@rl-tools/envs';
import { defineAgent } from '../src/agent.ts';
import { assemble } from '../src/assemble.ts';
import { createStepChunk } from '../src/chunk.ts';
import { createReportChunk } from '../src/report-chunk.ts';
import { median } from '../src/statistics/median.ts';
import { FULL } from './effort.ts';
import { buildNative } from './native-peers.ts';
import { ratio, sample, type Warm, warm } from './timing.ts';

const ROUNDS = 7;
const MS = 200;
const effort = { ...FULL, warmMs: 300 };
const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const out = join(root, 'dist/bench/peers');
buildNative(join(root, 'bench/peers'), out);
const program = join(out, 'swift-td');

const CASES = [
  [128, 0],
  [1024, 0],
  [16_384, 0],
  [128, 10],
  [128, 100],
  [1024, 10],
  [1024, 100],
  [16_384, 10],
  [16_384, 100],
] as const; // features, active ones; 0: dense

console.log('| features | active | ours, ns a step | per feature | C++, ns a step | C++ / ours | reference / ours |');
console.log('|---|---|---|---|---|---|---|');
for (const [features, active] of CASES) {
  const ours = await learnerWork(features, active, 'compiled');
  const plain = await learnerWork(features, active, 'reference');
  const samples = { ours: [] as number[], plain: [] as number[], cpp: [] as number[] };
  for (let round = 0; round < ROUNDS; round++) {
    samples.ours.push(sample(ours, MS));
    samples.plain.push(sample(plain, MS));
    if (existsSync(program)) samples.cpp.push(cpp(features, active));
  }
  const ns = median(samples.ours);
  const peer =
    samples.cpp.length === 0 ? ['-', '-'] : [fixed(median(samples.cpp)), ratio(samples.cpp, samples.ours).toFixed(2)];
  const row = [features, active === 0 ? 'all' : active, fixed(ns), (ns / features).toFixed(2), ...peer];
  console.log(`| ${[...row, ratio(samples.plain, samples.ours).toFixed(2)].join(' | ')} |`);
}

function fixed(ns: number): string {
  return ns.toLocaleString('en-US', { maximumFractionDigits: 0 });
}

function cpp(features: number, active: number): number {
  const { stdout, status } = spawnSync(program, [features, active, MS].map(String), { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the C++ version of ${features} features ended with ${status}`);
  return Number(stdout);
}

/** 256 steps over and over, as the C++ version has them: dense features of unit length, or so many that are 1. */
async function learnerWork(features: number, active: number, path: 'compiled' | 'reference'): Promise<Warm> {
  const agent = defineAgent({
    summary: 'a linear head',
    cell: { id: 'none' },
    estimator: { id: 'none' },
    features: { id: 'raw', bias: false, observation: true },
    rule: { id: 'swift-td', alpha: 1e-3, theta: 1e-3, lambda: 0.95, eta: 0.1, sparse: active > 0 },
  });
  const { learner } = await assemble(agent, { inputSize: features, seed: 0, path });
  const rng = createRng(`${features}/${active}`);
  const chunk = createStepChunk(256, features);
  chunk.length = 256;
  chunk.discount.fill(0.99);
  for (let t = 0; t < 256; t++) {
    chunk.cumulant[t] = 2 * rng.uniform() - 1;
    const x = chunk.observation.subarray(t * features, (t + 1) * features);
    if (active === 0) x.forEach((_, i) => (x[i] = (2 * rng.uniform() - 1) / Math.sqrt(features)));
    else for (const i of rng.choose(features, active)) x[i] = 1;
  }
  const report = createReportChunk(chunk);
  chunk.start[0] = 1;
  learner.run(chunk, report);
  chunk.start[0] = 0;
  return warm({ steps: 256, run: () => learner.run(chunk, report) }, effort);
}
