/**
 * Magnitude pruning by a gradual schedule (Zhu & Gupta 2017, eq. 1). Every Delta steps, from t_0 to t_0 + n Delta, the
 * weights of least |theta| go, in each matrix of the cell by itself, until a share s_t of it is gone:
 *   s_t = s_f + (s_i - s_f) (1 - (t - t_0) / (n Delta))^3                                                   (1)
 * s_i is what the matrix lacks at the start: 0 where the net is dense. The places that weights leave in theta stay free.
 */
import { z } from 'zod';
import { definePart } from '../part.ts';
import { sparseTraining } from '../sparse-training.ts';
import type { Growth, GrowthNeeds } from '../types.ts';
import { UserError } from '../user-error.ts';

const options = z.strictObject({
  sparsity: z.number().min(0).max(1).default(0.75).describe('s_f, the share of every matrix that is gone at the end'),
  every: z.number().int().min(1).default(100).describe('Delta, steps from one change to the next'),
  begin: z.number().int().min(0).default(1000).describe('t_0, the step from which weights go'),
  until: z.number().int().min(1).default(75_000).describe('t_0 + n Delta, the step at which the last ones go'),
});

const ACT = 'prune weights';

export default definePart<z.infer<typeof options>, GrowthNeeds, Growth>({
  cite: 'zhu2017prune',
  summary: 'the weights of least size go, by a gradual schedule',
  restructures: true,
  options,
  create({ sparsity, every, begin, until }, _rng, needs) {
    if (until <= begin) {
      throw new UserError(
        `Cannot ${ACT} from step ${begin} until ${until}: set until of the growth after begin, to three quarters of the run or so`,
      );
    }
    const training = sparseTraining(needs, ACT);
    const { clock, matrices } = training;
    const all = matrices.map((matrix) => training.present(matrix).length + training.absent(matrix).length);
    const start = matrices.map((matrix, m) => training.absent(matrix).length / all[m]!); // s_i
    return {
      ...training.state,
      macsPerStep: 0,
      noKernel: 'weights go on the reference path',
      step() {
        const t = ++clock[0]!;
        if (t < begin || t > until || ((t - begin) % every !== 0 && t !== until)) return;
        const left = (1 - (t - begin) / (until - begin)) ** 3;
        for (let m = 0; m < matrices.length; m++) {
          const gone = sparsity + (start[m]! - sparsity) * left; // (1)
          const excess = training.present(matrices[m]!).length - Math.round((1 - gone) * all[m]!);
          training.exchange(matrices[m]!, training.weakest(matrices[m]!, Math.max(0, excess)), []);
        }
        training.settle();
      },
    };
  },
});
