/**
 * The rigged lottery (Evci et al. 2020, algorithm 1), while the stream goes on. Every Delta steps until T_end, in each matrix
 * of the cell by itself:
 *   a share f_t of the weights that are there goes, those of least |theta|
 *   as many come, theta = 0, where the loss is steepest among the places that were empty: largest |G|
 *   f_t = (alpha / 2) (1 + cos(pi t / T_end))                                                               (1)
 * The paper takes G from a minibatch of the dense net. Here it is the sum of immediate gradients since the last change,
 *   G_rj <- G_rj + e_t a_r pre_j,   a_r = q_t' gain_r                                                       (2)
 * for row r and source j, e_t the error of what has the slope q_t: that of the present step's output, from TD errors the
 * delta that comes one step later. (2) sees no influence beyond its step, as SnAp with n = 0 would. It costs one product per
 * place of the matrices and step, however sparse they are. A place with G = 0 is not taken: then fewer weights go.
 */
import { z } from 'zod';
import { definePart } from '../part.ts';
import { needsSparse, sparseTraining } from '../sparse-training.ts';
import type { Matrix } from '../topology.ts';
import type { Growth, GrowthNeeds } from '../types.ts';
import { UserError } from '../user-error.ts';

const options = z.strictObject({
  fraction: z.number().min(0).max(1).default(0.3).describe('alpha, the share of weights exchanged at first'),
  every: z.number().int().min(1).default(100).describe('Delta, steps from one change to the next'),
  until: z.number().int().min(1).default(75_000).describe('T_end, steps: the share is 0 by then'),
});

const ACT = 'exchange weights by their gradient';

export default definePart<z.infer<typeof options>, GrowthNeeds, Growth>({
  cite: 'evci2020rigging',
  summary: 'weights of least size go, as many come where the gradient is largest (RigL)',
  restructures: true,
  options,
  create({ fraction, every, until }, _rng, needs) {
    const { cell, head } = needs;
    if (head.horde) {
      throw new UserError(`Cannot ${ACT}: a horde has an error for every question; take set, or another head`);
    }
    const { count, components: b, dest, destStart, width } = cell.rows;
    const a = new Float64Array(count); // [rows] of (2), of the latest slope
    const pre = new Float64Array(width); // [width] with it
    const scores: Float64Array[] = []; // G, matrix by matrix
    const training = sparseTraining(needs, ACT, (matrices) => {
      scores.push(...matrices.map(({ slot }) => new Float64Array(slot.length)));
      return { a, pre, ...Object.fromEntries(matrices.map(({ name }, m) => [`scores.${name}`, scores[m]!])) };
    });
    needsSparse(training, ACT);
    const { clock, matrices } = training;
    const places = scores.reduce((sum, { length }) => sum + length, 0);
    const add = (error: Float64Array): void => {
      for (let r = 0; r < count; r++) a[r]! *= error[0]!;
      for (let m = 0; m < matrices.length; m++) addOuter(matrices[m]!, a, pre, scores[m]!);
    };
    const steepest = (m: number, empty: readonly number[]): number[] => {
      const size = (number: number): number => Math.abs(scores[m]![number]!);
      return empty.filter((number) => size(number) > 0).sort((x, y) => size(y) - size(x) || x - y);
    };
    return {
      ...training.state,
      macsPerStep: dest.length * b + count + places, // (2)
      noKernel: 'weights come and go on the reference path',
      blame(lane, q, error, late) {
        if (late) add(error);
        for (let r = 0; r < count; r++) {
          let total = 0;
          for (let d = destStart[r]!; d < destStart[r + 1]!; d++) {
            for (let c = 0; c < b; c++) total += q[dest[d]! * b + c]! * lane.gain[d * b + c]!;
          }
          a[r] = total;
        }
        pre.set(lane.pre);
        if (!late) add(error);
      },
      step() {
        const t = ++clock[0]!;
        if (t % every !== 0) return;
        const share = t >= until ? 0 : (fraction / 2) * (1 + Math.cos((Math.PI * t) / until)); // (1)
        for (let m = 0; m < matrices.length; m++) {
          const matrix = matrices[m]!;
          const found = steepest(m, training.absent(matrix));
          const many = Math.min(Math.floor(share * training.present(matrix).length), found.length);
          training.exchange(matrix, training.weakest(matrix, many), found.slice(0, many));
          scores[m]!.fill(0);
        }
        training.settle();
      },
    };
  },
});

/** G += a pre' on the places of one matrix. */
function addOuter({ firstRow, rows, sources }: Matrix, a: Float64Array, pre: Float64Array, G: Float64Array): void {
  const columns = sources.length;
  for (let i = 0; i < rows; i++) {
    const own = a[firstRow + i]!;
    const at = i * columns;
    for (let j = 0; j < columns; j++) G[at + j]! += own * pre[sources[j]!]!;
  }
}
