/**
 * SnAp-2 on sparse nets beside the same step in C++, entry by entry and by blocks; ns per number of the influence matrix, the
 * whole step counted in.
 */
import { assemble, assembleReference } from '../../src/assemble.ts';
import { createReportChunk } from '../../src/report-chunk.ts';
import { median } from '../../src/statistics/median.ts';
import type { Effort } from '../effort.ts';
import { buildNative } from '../native-peers.ts';
import { progress } from '../progress.ts';
import { recipe } from '../recipes.ts';
import { RING, ring } from '../ring.ts';
import { CHECK_STEPS, type Form, FORMS, snapPeer } from '../snap-peer.ts';
import { ratio, sample, warm } from '../timing.ts';
import { modules } from '../measure.ts';
import { variant } from '../variant.ts';
import { SPARSE_NETS, type SparseNet } from './sparse.ts';

export interface SnapPeersResult {
  readonly net: SparseNet;
  readonly size: string;
  readonly sparsity: number;
  readonly entries: number;
  readonly nsPerStep: number; // ours, deterministic module
  readonly ratios: Partial<Record<Form, number>>; // theirs / ours
  readonly off: number; // largest relative difference of v after CHECK_STEPS steps
}

const INPUTS = 32;
const SIZES = [
  [256, 0.9375],
  [512, 0.984],
] as const;
const ALPHA = 0.05; // over the units: large enough for v to depend on what was learned
const AGREES = 1e-3; // relative, of f32

export async function snapPeersCases(peers: string, out: string, effort: Effort): Promise<SnapPeersResult[]> {
  buildNative(peers, out);
  const results: SnapPeersResult[] = [];
  for (const net of SPARSE_NETS.filter(({ cell }) => cell !== 'lstm')) {
    for (const [units, sparsity] of effort.isQuick ? SIZES.slice(0, 1) : SIZES) {
      progress(`${net.name} ${units}x${INPUTS} ${100 * sparsity} % sparse, SnAp-2 beside C++`);
      results.push(await beside(net, units, sparsity, out, effort));
    }
  }
  return results;
}

async function beside(net: SparseNet, units: number, sparsity: number, out: string, effort: Effort) {
  const alpha = ALPHA / units;
  const cell = { id: net.cell, units, density: 1 - sparsity, ...net.options };
  const agent = recipe(cell, { id: 'snap', n: 2 }, { id: 'td-lambda', alpha, lambda: 0.9 });
  const { parts, cost } = await assembleReference(agent, { inputSize: INPUTS, seed: 0 });
  const ours = warm(await variant(agent, { inputSize: INPUTS, simd: modules()[0]! }), effort);
  const checked = await valueAt(agent);
  const peer = snapPeer(out, net.cell, parts.cell, 2, alpha);
  const samples: { ours: number[] } & Partial<Record<Form, number[]>> = { ours: [] };
  let off = 0;
  for (let round = 0; round < effort.rounds; round++) {
    samples.ours.push(sample(ours, effort.sampleMs));
    for (const form of FORMS) {
      const answer = peer.run(form, effort.sampleMs);
      if (answer === null) continue;
      if (answer.entries !== cost.entries) throw new Error(`C++ keeps ${answer.entries} numbers, we ${cost.entries}`);
      off = Math.max(off, Math.abs(answer.check / checked - 1));
      (samples[form] ??= []).push(answer.nsPerStep);
    }
  }
  peer.close();
  if (off > AGREES) throw new Error(`C++ predicts other values than ${checked}: ${off} off`);
  const ratios = Object.fromEntries(
    FORMS.flatMap((form) => (samples[form] ? [[form, ratio(samples[form], samples.ours)]] : [])),
  );
  const nsPerStep = median(samples.ours);
  return { net, size: `${units}x${INPUTS}`, sparsity, entries: cost.entries, nsPerStep, ratios, off };
}

/** v of ours after as many steps as the programs check. */
async function valueAt(agent: ReturnType<typeof recipe>): Promise<number> {
  const { learner } = await assemble(agent, { inputSize: INPUTS, seed: 0, path: 'compiled', precision: 'f32' });
  const [chunk] = ring(INPUTS, RING);
  const report = createReportChunk(chunk!);
  learner.run(chunk!, report);
  return report.prediction[CHECK_STEPS - 1]!;
}
