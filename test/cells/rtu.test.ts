import { describe, expect, it } from 'vitest';
import { type Activation, ACTIVATIONS } from '../../src/activations.ts';
import { step } from '../../src/rows.ts';
import type { Cell, Lane } from '../../src/types.ts';
import { expectDifferent, expectEqual } from '../oracle/agree.ts';
import { estimateBy } from '../oracle/estimate.ts';
import { lossGradient, stepJacobians } from '../oracle/finite-differences.ts';
import { createCell, problemOn, randomProblem, roll } from '../oracle/problem.ts';

/** One unit that reads one input, with the given [nu_log, theta_log, W1, W2]. */
async function oneUnit(activation: Activation, ...params: readonly number[]): Promise<Cell> {
  const cell = await createCell({ id: 'rtu', options: { units: 1, activation }, inputSize: 1 });
  cell.params.set(params);
  return cell;
}

/** The same cell with the published code's d lambda/d theta in place of d lambda/d theta_log: no factor theta. */
function asPublished(cell: Cell): Cell {
  return {
    ...cell,
    differentiate(lane: Lane): void {
      cell.differentiate(lane);
      for (let u = 0; u < cell.units; u++) {
        const theta = Math.exp(lane.sum[cell.units + u]!);
        for (let c = 0; c < 2; c++) lane.gain[2 * (cell.units + u) + c]! /= theta;
      }
    },
  };
}

const f: Readonly<Record<Activation, (a: number) => number>> = {
  linear: (a) => a,
  tanh: Math.tanh,
  relu: (a) => Math.max(0, a),
};

describe.each(ACTIVATIONS)('rtu, %s', (activation) => {
  it('computes f(g h1 - phi h2 + gamma W1 x) and f(g h2 + phi h1 + gamma W2 x)', async () => {
    const lane = (await oneUnit(activation, -0.7, 0.4, 0.5, -0.3)).lane();
    lane.state.set([0.6, -0.8]);
    step(await oneUnit(activation, -0.7, 0.4, 0.5, -0.3), lane, Float64Array.of(2));
    const r = Math.exp(-Math.exp(-0.7));
    const [g, phi] = [r * Math.cos(Math.exp(0.4)), r * Math.sin(Math.exp(0.4))];
    const gamma = Math.sqrt(1 - r * r) + 1e-8;
    expect(lane.state[0]).toBeCloseTo(f[activation](g * 0.6 - phi * -0.8 + gamma * 0.5 * 2), 14);
    expect(lane.state[1]).toBeCloseTo(f[activation](g * -0.8 + phi * 0.6 + gamma * -0.3 * 2), 14);
  });

  it.each([{ id: 'columnar' }, { id: 'snap' }, { id: 'rflo' }])('has its exact gradient from $id', async ({ id }) => {
    const problem = await randomProblem({ id: 'rtu', options: { activation }, steps: 60 });
    const exact = await estimateBy(problem, 'rtrl');
    expectEqual(await estimateBy(problem, id), exact, 1e-13);
    expectDifferent(await estimateBy(problem, 'immediate'), exact, 1e-2);
  });

  it('has the gradient that finite differences measure, and the published derivative has not', async () => {
    const options = { units: 4, activation, rMin: 0.5, maxPhase: 3 };
    const cell = await createCell({ id: 'rtu', options, seed: 1 });
    const problem = problemOn(cell, { seed: 1, steps: 20 });
    const measured = lossGradient(problem);
    expectEqual(await estimateBy(problem, 'columnar'), measured, 1e-7);
    const published = await estimateBy({ ...problem, cell: asPublished(cell) }, 'columnar');
    const ofTheta = (gradient: Float64Array): Float64Array => gradient.slice(4, 8);
    expectDifferent(ofTheta(published), ofTheta(measured), 0.1);
    const rest = (gradient: Float64Array): Float64Array =>
      Float64Array.of(...gradient.slice(0, 4), ...gradient.slice(8));
    expectEqual(rest(published), rest(measured), 1e-7);
  });

  it('stays bounded: |lambda| < 1, and f lengthens nothing', async () => {
    const problem = await randomProblem({ id: 'rtu', options: { units: 10, activation }, steps: 3000, inputSize: 1 });
    const { params } = problem.cell;
    const largest = Math.max(...problem.inputs.map(([x]) => Math.abs(x!)));
    const bounds = Array.from({ length: 10 }, (_, u) => {
      const r = Math.exp(-Math.exp(params[u]!));
      return ((Math.sqrt(1 - r * r) + 1e-8) * Math.hypot(params[20 + u]!, params[30 + u]!) * largest) / (1 - r);
    });
    let [farthest, alive] = [0, 0]; // of the bound, and of 0
    roll(problem, (_, { state }) => {
      bounds.forEach((bound, u) => {
        const size = Math.hypot(state[2 * u]!, state[2 * u + 1]!);
        farthest = Math.max(farthest, size / bound);
        alive = Math.max(alive, size);
      });
    });
    expect(farthest).toBeLessThanOrEqual(1);
    expect(alive).toBeGreaterThan(0.1);
  });
});

describe('rtu', () => {
  it('differentiates by theta_log: -.9051 at (nu_log, theta_log) = (-.7, .4), where the published code has -.6067', async () => {
    const cell = await oneUnit('linear', -0.7, 0.4, 0, 0);
    const from = Float64Array.of(1, 0); // so that h1 = g
    const measured = stepJacobians(cell, from, Float64Array.of(0)).I[0]![1]!;
    const slope = (of: Cell): number => {
      const lane = of.lane();
      lane.state.set(from);
      step(of, lane, Float64Array.of(0));
      return lane.gain[2]!; // dg/d theta_log
    };
    expect(measured).toBeCloseTo(-0.9051, 4);
    expect(Math.abs(slope(cell) / measured - 1)).toBeLessThan(1e-8);
    expect(slope(asPublished(cell))).toBeCloseTo(-0.6067, 4);
    expect(1 - slope(asPublished(cell)) / measured).toBeCloseTo(1 - Math.exp(-0.4), 8); // a third short
  });

  it('keeps the published 1e-8 where |lambda| comes near 1', async () => {
    const cell = await oneUnit('linear', -40, 0, 1, 0);
    const lane = cell.lane();
    step(cell, lane, Float64Array.of(1));
    expect(lane.state[0]! / (Math.sqrt(2 * Math.exp(-40)) + 1e-8)).toBeCloseTo(1, 12);
    expect(lane.gain.every(Number.isFinite)).toBe(true);
  });

  it('draws W with variance 1 / m, none beyond two deviations of what was cut', async () => {
    const { params } = await createCell({ id: 'rtu', options: { units: 2000 }, inputSize: 4 });
    const W = [...params.subarray(2 * 2000)];
    const square = W.reduce((sum, w) => sum + w * w, 0) / W.length;
    // The squares' own deviation is less than that of the uncut normal, sqrt(2).
    expect(Math.abs(square - 1 / 4)).toBeLessThan((4 / 4) * Math.sqrt(2 / W.length));
    const most = 2 / 0.87962566103423978 / 2;
    const largest = Math.max(...W.map(Math.abs));
    expect(largest).toBeLessThanOrEqual(most);
    expect(largest).toBeGreaterThan(0.99 * most);
  });

  it('has 2 + 2 m parameters per unit and lets heads read all h1, then all h2', async () => {
    const { params, readout } = await createCell({ id: 'rtu', options: { units: 3 }, inputSize: 5 });
    expect(params).toHaveLength(3 * (2 + 2 * 5));
    expect([...readout]).toEqual([0, 2, 4, 1, 3, 5]);
  });
});
