/** The C++ peers of SnAp-n learn what the library learns. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recipe } from '../../bench/recipes.ts';
import { RING, ring } from '../../bench/ring.ts';
import { CHECK_STEPS, FORMS, snapPeer } from '../../bench/snap-peer.ts';
import { assembleReference } from '../../src/assemble.ts';
import { createReportChunk } from '../../src/report-chunk.ts';
import { tempFolder } from '../support/temp.ts';

const folder = tempFolder();
const compiled = spawnSync('g++', ['-std=c++17', '-O1', '-o', join(folder, 'snap'), 'bench/peers/snap.cpp']);
const INPUTS = 5;
const ALPHA = 0.02;

/** v after CHECK_STEPS steps, and the cell as it began. */
async function learned(cell: object & { id: string }, n: number) {
  const agent = recipe(cell, { id: 'snap', n }, { id: 'td-lambda', alpha: ALPHA, lambda: 0.9 });
  const { parts, learner } = await assembleReference(agent, { inputSize: INPUTS, seed: 0 });
  const fresh = (await assembleReference(agent, { inputSize: INPUTS, seed: 0 })).parts.cell;
  const [chunk] = ring(INPUTS, RING);
  const report = createReportChunk(chunk!);
  learner.run(chunk!, report);
  return { value: report.prediction[CHECK_STEPS - 1]!, fresh, entries: parts.estimator.cost.entries };
}

describe.skipIf(compiled.status !== 0)('in C++', () => {
  it.each([
    { id: 'tanh', units: 16, density: 0.2 },
    { id: 'gru', units: 12, density: 0.1 },
    { id: 'gru', units: 12, density: 0.2, mask: 'shared' },
  ])('SnAp-2 on %o predicts what ours does, entry by entry and by blocks', async (cell) => {
    const { value, fresh, entries } = await learned(cell, 2);
    const peer = snapPeer(folder, cell.id, fresh, 2, ALPHA);
    const other = (await learned(cell, 1)).value;
    for (const form of FORMS) {
      const answer = peer.run(form, 1)!;
      expect(answer.entries).toBe(entries);
      expect(Math.abs(answer.check / value - 1)).toBeLessThan(1e-5);
      expect(Math.abs(answer.check / other - 1)).toBeGreaterThan(1e-4); // control: the mask matters
    }
    peer.close();
  });
});
