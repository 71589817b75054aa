/**
 * KeRNL (Roth, Kanitscheider & Fiete 2019): how the state answers a change of s_tau is taken for a fixed sensitivity
 * times a kernel that fades at a rate of its own for every state entry i, K_i = 1 - gamma_i:
 *   ds_t/ds_tau ~ A diag(K^(t - tau)),   so that   J_t ~ A B_t,   B_t = K B_{t-1} + I_t             (1)
 * B keeps the pattern of I_t: per parameter b numbers for every destination of its row. dL/dtheta ~= (A'q)' B_t  (2)
 * A [n x n] and gamma are learned by regression. A second lane of the cell lives the same inputs with noise on its state,
 *   s~_t = f(s~_{t-1}, x_t) + sigma xi_t,   xi_t ~ N(0, 1),   answer_t = (s~_t - s_t) / sigma ~ A Omega_t       (3)
 *   Omega_t = K Omega_{t-1} + xi_t,   Gamma_t = dOmega_t/dgamma = K Gamma_{t-1} - Omega_{t-1}                  (4)
 *   e = answer - A Omega,   A += rate e Omega',   gamma += gammaRate (A'e) Gamma, kept in [0, 1]               (5)
 * A = I, gamma = the leak and both rates 0: rflo. Where theta moves between a step and its update (TD errors do that),
 * the noisy lane takes the step with the new theta; what that adds to the answer is independent of xi.
 */
import { z } from 'zod';
import { definePart } from '../part.ts';
import { needsWholeCell } from '../row-selection.ts';
import { forwardMacs, step } from '../rows.ts';
import { named } from '../stateful.ts';
import type { Estimator, EstimatorNeeds, Lane, Rng, Rows } from '../types.ts';

const options = z.strictObject({
  gamma: z.number().min(0).max(1).default(0.5).describe('gamma of every state entry at the start; 1 forgets at once'),
  sigma: z.number().gt(0).default(0.01).describe('standard deviation of the noise on the second lane'),
  rate: z.number().min(0).default(0.001).describe('step size of the sensitivities A'),
  gammaRate: z.number().min(0).default(0.0001).describe('step size of gamma'),
});
type Options = z.infer<typeof options>;

export default definePart<Options, EstimatorNeeds, Estimator>({
  cite: 'roth2019kernel',
  summary: 'kernel RNN learning: learned sensitivities times fading traces, O(n^2 + p)',
  options,
  create(chosen, rng, { cell }) {
    needsWholeCell(cell, 'kernl');
    const n = cell.units * cell.components;
    const { rows } = cell;
    const kernel = createKernel(n, chosen);
    const B = new Float64Array(countTraces(rows)); // row by row [destinations x b x entries]
    const noisy = cell.lane();
    cell.begin(noisy);
    const x = new Float64Array(cell.inputSize);
    const back = new Float64Array(n); // A'q
    const { A, gamma, omega, slope } = kernel;
    return {
      ...named({ A, gamma, B, omega, slope, noisy: noisy.state }, () => {
        for (const array of [B, omega, slope]) array.fill(0);
        cell.begin(noisy);
      }),
      learned: ['A', 'gamma'],
      needs: [],
      noKernel: 'its noise is drawn on the reference path',
      exactOn: ({ source }) => source.length === 0,
      cost: {
        entries: A.length + B.length + 4 * n,
        macsPerStep: forwardMacs(rows) + 3 * B.length + 4 * n * n + 6 * n,
      },
      update({ lane }) {
        fade(rows, lane, gamma, B);
        for (let j = 0; j < x.length; j++) x[j] = lane.pre[j]!;
        step(cell, noisy, x);
        kernel.learn(noisy.state, lane.state, rng);
      },
      pull(q, out) {
        back.fill(0);
        for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) back[j]! += A[i * n + j]! * q[i]!;
        pullBack(rows, back, B, out);
      },
    };
  },
});

function countTraces({ count, start, destStart, components }: Rows): number {
  let total = 0;
  for (let r = 0; r < count; r++) total += (start[r + 1]! - start[r]!) * (destStart[r + 1]! - destStart[r]!);
  return total * components;
}

/** (1) over every row, destination and component. */
function fade(rows: Rows, { pre, gain }: Lane, gamma: Float64Array, B: Float64Array): void {
  const { start, source, destStart, dest, components: b } = rows;
  let at = 0;
  for (let r = 0; r < rows.count; r++) {
    for (let i = destStart[r]! * b; i < destStart[r + 1]! * b; i++) {
      const K = 1 - gamma[dest[Math.floor(i / b)]! * b + (i % b)]!;
      const g = gain[i]!;
      for (let e = start[r]!; e < start[r + 1]!; e++, at++) B[at] = K * B[at]! + g * pre[source[e]!]!;
    }
  }
}

/** (2) from A'q. */
function pullBack(rows: Rows, back: Float64Array, B: Float64Array, out: Float64Array): void {
  const { start, param, destStart, dest, components: b } = rows;
  let at = 0;
  for (let r = 0; r < rows.count; r++) {
    for (let i = destStart[r]! * b; i < destStart[r + 1]! * b; i++) {
      const error = back[dest[Math.floor(i / b)]! * b + (i % b)]!;
      for (let e = start[r]!; e < start[r + 1]!; e++, at++) out[param?.[e] ?? e]! += error * B[at]!;
    }
  }
}

/** A and gamma, and what they are learned from. */
function createKernel(n: number, { gamma: first, sigma, rate, gammaRate }: Options) {
  const A = new Float64Array(n * n); // [n x n], the identity at first
  for (let i = 0; i < n; i++) A[i * n + i] = 1;
  const gamma = new Float64Array(n).fill(first);
  const omega = new Float64Array(n);
  const slope = new Float64Array(n); // Gamma
  const xi = new Float64Array(n);
  const blame = new Float64Array(n); // A'e
  return {
    A,
    gamma,
    omega,
    slope,
    /** Shows f(s~_{t-1}, x_t), which it makes noisy, and s_t. */
    learn(noisy: Float64Array, state: Float64Array, rng: Rng): void {
      for (let i = 0; i < n; i++) {
        xi[i] = rng.normal();
        noisy[i]! += sigma * xi[i]!; // (3)
        const K = 1 - gamma[i]!;
        slope[i] = K * slope[i]! - omega[i]!; // (4)
        omega[i] = K * omega[i]! + xi[i]!;
      }
      blame.fill(0);
      for (let i = 0; i < n; i++) {
        let e = (noisy[i]! - state[i]!) / sigma;
        for (let j = 0; j < n; j++) e -= A[i * n + j]! * omega[j]!; // (5)
        const change = rate * e;
        for (let j = 0; j < n; j++) {
          blame[j]! += A[i * n + j]! * e;
          A[i * n + j]! += change * omega[j]!;
        }
      }
      for (let i = 0; i < n; i++) {
        gamma[i] = Math.min(1, Math.max(0, gamma[i]! + gammaRate * blame[i]! * slope[i]!));
      }
    },
  };
}
