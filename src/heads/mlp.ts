/**
 * One hidden layer over the features (Rumelhart, Hinton & Williams 1986):
 *   h = f(A [phi; 1]),   v = B [h; 1]                                            (1) f = tanh or relu
 *   dv_k/dB_k = [h; 1],   e_j = B_kj f'_j,   dv_k/dA_j = e_j [phi; 1],   dv_k/dphi = sum_j A_j e_j     (2)
 * loss = squared: 1/2 |y - v|^2, or TD errors; cross-entropy: v are logits, predictions their softmax. Weights start
 * U(-1, 1) / sqrt(fan-in), biases 0; `sparsity` s: exactly ceil(s fan-in) weights of every row are 0 (Elsayed, Vasan &
 * Mahmood 2024, where s = .9). Layout of the weights: A [hidden x (features + 1)], then B [outputs x (hidden + 1)].
 */
import { z } from 'zod';
import { definePart } from '../part.ts';
import { crossEntropy, needsClasses, probabilities } from '../softmax.ts';
import { named } from '../stateful.ts';
import type { Head, HeadNeeds, Rng } from '../types.ts';
import { UserError } from '../user-error.ts';

const options = z.strictObject({
  hidden: z.number().int().min(1).default(32),
  activation: z.enum(['tanh', 'relu']).default('tanh'),
  loss: z.enum(['squared', 'cross-entropy']).default('squared'),
  sparsity: z.number().min(0).lt(1).default(0).describe('share of every row that starts at 0, rounded up'),
});

export default definePart<z.infer<typeof options>, HeadNeeds, Head>({
  cite: 'rumelhart1986learning',
  summary: 'one hidden layer of tanh or relu over the features',
  options,
  classes: ({ loss }) => loss === 'cross-entropy',
  create({ hidden, activation, loss, sparsity }, rng, { size, outputs }) {
    const isClasses = loss === 'cross-entropy';
    if (isClasses) needsClasses('mlp', outputs);
    const width = size + 1;
    const split = hidden * width; // where B begins
    const weights = new Float64Array(split + outputs * (hidden + 1));
    drawRows(weights.subarray(0, split), size, sparsity, rng);
    drawRows(weights.subarray(split), hidden, sparsity, rng);
    const h = new Float64Array(hidden);
    const slope = new Float64Array(hidden); // f'
    const e = new Float64Array(hidden);
    const isTanh = activation === 'tanh';
    const rowB = (k: number): number => split + k * (hidden + 1);
    const sumHidden = (phi: Float64Array): void => {
      for (let j = 0; j < hidden; j++) {
        let a = weights[j * width + size]!;
        for (let i = 0; i < size; i++) a += weights[j * width + i]! * phi[i]!;
        h[j] = isTanh ? Math.tanh(a) : Math.max(0, a);
        if (isTanh) slope[j] = 1 - h[j]! * h[j]!;
        else slope[j] = a > 0 ? 1 : 0;
      }
    };
    const back = (k: number): void => {
      for (let j = 0; j < hidden; j++) e[j] = weights[rowB(k) + j]! * slope[j]!; // 2
    };
    /** 2, of sum over k of error_k v_k */
    const backAll = (error: Float64Array): void => {
      e.fill(0);
      for (let k = 0; k < outputs; k++) {
        const row = rowB(k);
        const by = error[k]!;
        for (let j = 0; j < hidden; j++) e[j]! += by * weights[row + j]!;
      }
      for (let j = 0; j < hidden; j++) e[j]! *= slope[j]!;
    };
    return {
      ...named({ weights }, () => undefined),
      outputs,
      weights,
      noKernel: 'hidden layers are learned on the reference path',
      macsPerStep: macs(size, hidden, outputs, isTanh),
      ...(isClasses ? crossEntropy : {}),
      predict(phi, v) {
        sumHidden(phi); // 1
        for (let k = 0; k < outputs; k++) {
          let total = weights[rowB(k) + hidden]!;
          for (let j = 0; j < hidden; j++) total += weights[rowB(k) + j]! * h[j]!;
          v[k] = total;
        }
        if (isClasses) probabilities(v);
      },
      gradient(k, dPhi) {
        back(k);
        dPhi.fill(0);
        for (let j = 0; j < hidden; j++) {
          for (let i = 0; i < size; i++) dPhi[i]! += e[j]! * weights[j * width + i]!;
        }
      },
      weightGradient(k, phi, out) {
        back(k);
        for (let j = 0; j < hidden; j++) {
          for (let i = 0; i < size; i++) out[j * width + i]! += e[j]! * phi[i]!;
          out[j * width + size]! += e[j]!;
          out[rowB(k) + j]! += h[j]!;
        }
        out[rowB(k) + hidden]! += 1;
      },
      descend(error, phi, dPhi, out) {
        backAll(error);
        for (let j = 0; j < hidden; j++) {
          const by = e[j]!;
          if (by === 0) continue; // relu
          const row = j * width;
          for (let i = 0; i < size; i++) {
            dPhi[i]! += by * weights[row + i]!;
            out[row + i]! += by * phi[i]!;
          }
          out[row + size]! += by;
        }
        for (let k = 0; k < outputs; k++) {
          const row = rowB(k);
          const by = error[k]!;
          for (let j = 0; j < hidden; j++) out[row + j]! += by * h[j]!;
          out[row + hidden]! += by;
        }
      },
    };
  },
});

/** Of one TD error for each output: prediction, both gradients, their place in the sum, and the discount. */
function macs(size: number, hidden: number, outputs: number, isTanh: boolean): number {
  const forward = hidden * size + (isTanh ? hidden : 0) + outputs * hidden;
  return forward + outputs * (2 * hidden + 2 * hidden * size + size + 1);
}

/** Rows of `fanIn` weights and a bias, all of them 0 before. */
function drawRows(weights: Float64Array, fanIn: number, sparsity: number, rng: Rng): void {
  const zeros = Math.ceil(sparsity * fanIn);
  if (zeros >= fanIn) throw nothingLeft(sparsity, fanIn);
  for (let row = 0; row < weights.length; row += fanIn + 1) {
    for (let left = fanIn, kept = fanIn - zeros; left > 0; left--) {
      if (left * rng.uniform() >= kept) continue; // kept of left: each set of weights is as likely as any other
      weights[row + fanIn - left] = (2 * rng.uniform() - 1) / Math.sqrt(fanIn);
      kept--;
    }
  }
}

function nothingLeft(sparsity: number, fanIn: number): UserError {
  return new UserError(`Cannot keep a weight of ${fanIn} at sparsity ${sparsity}: every one would be 0; lower it`);
}
