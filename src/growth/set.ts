/**
 * Sparse evolutionary training (Mocanu et al. 2018, algorithm 1), while the stream goes on. Every Delta steps, in each matrix
 * of the cell by itself:
 *   a share zeta of the weights that are there goes, those of least |theta|
 *   as many come, at places drawn uniformly from those that were empty, theta ~ U(-g, g) / sqrt(fan-in of the row)
 * The number of weights of every matrix stays as it is. The paper takes a share of the positive and one of the negative
 * weights; here signs do not matter.
 */
import { z } from 'zod';
import { definePart } from '../part.ts';
import { needsSparse, sparseTraining } from '../sparse-training.ts';
import type { Growth, GrowthNeeds } from '../types.ts';

const options = z.strictObject({
  fraction: z.number().min(0).max(1).default(0.3).describe('zeta, the share of weights exchanged at every change'),
  every: z.number().int().min(1).default(100).describe('Delta, steps from one change to the next'),
  until: z.number().int().min(1).nullable().default(null).describe('the step of the last change; null: there is none'),
  gain: z.number().min(0).default(0.1).describe('g, the size of new weights'),
});

const ACT = 'exchange weights';

export default definePart<z.infer<typeof options>, GrowthNeeds, Growth>({
  cite: 'mocanu2018scalable',
  summary: 'weights of least size go, as many come at random (sparse evolutionary training)',
  restructures: true,
  options,
  create({ fraction, every, until, gain }, rng, needs) {
    const training = sparseTraining(needs, ACT);
    needsSparse(training, ACT);
    const { clock, matrices } = training;
    const { cell } = needs;
    const last = until ?? Infinity;
    return {
      ...training.state,
      macsPerStep: 0,
      noKernel: 'weights come and go on the reference path',
      step() {
        const t = ++clock[0]!;
        if (t > last || t % every !== 0) return;
        const { start } = cell.rows;
        for (const matrix of matrices) {
          const empty = training.absent(matrix);
          const count = Math.min(Math.floor(fraction * training.present(matrix).length), empty.length);
          const come = rng.choose(empty.length, count).map((i) => empty[i]!);
          training.exchange(matrix, training.weakest(matrix, count), come, (number) => {
            const r = matrix.firstRow + Math.floor(number / matrix.sources.length);
            return (gain * (2 * rng.uniform() - 1)) / Math.sqrt(start[r + 1]! - start[r]!);
          });
        }
        training.settle();
      },
    };
  },
});
