import { describe, expect, it } from 'vitest';
import { loadPart } from '../../src/registry.ts';
import { step } from '../../src/rows.ts';
import type { Cell } from '../../src/types.ts';
import { expectDifferent, expectEqual } from '../oracle/agree.ts';
import { estimateBy } from '../oracle/estimate.ts';
import { createCell, randomProblem, roll } from '../oracle/problem.ts';

/** One unit that reads one input, with the given [nu_log, theta_log, gamma_log, B_re, B_im]. */
async function oneUnit(...params: readonly number[]): Promise<Cell> {
  const cell = await createCell({ id: 'lru', options: { units: 1 }, inputSize: 1 });
  cell.params.set(params);
  return cell;
}

/** h after one step from (re, im) with input x. */
function after(cell: Cell, [re, im]: readonly [number, number], x: number): [re: number, im: number] {
  const lane = cell.lane();
  lane.state.set([re, im]);
  step(cell, lane, Float64Array.of(x));
  return [lane.state[0]!, lane.state[1]!];
}

describe('lru', () => {
  it('computes lambda h + gamma B x in complex numbers', async () => {
    const [re, im] = after(await oneUnit(-0.7, 0.4, -0.2, 0.5, -0.3), [0.6, -0.8], 2);
    // lambda h = r e^(i theta) |h| e^(i arg h), in polar form.
    const size = Math.exp(-Math.exp(-0.7)) * Math.hypot(0.6, -0.8);
    const phase = Math.exp(0.4) + Math.atan2(-0.8, 0.6);
    expect(re).toBeCloseTo(size * Math.cos(phase) + Math.exp(-0.2) * 0.5 * 2, 14);
    expect(im).toBeCloseTo(size * Math.sin(phase) + Math.exp(-0.2) * -0.3 * 2, 14);
  });

  it('is a leaky integrator where lambda is real', async () => {
    const leak = 0.3;
    const cell = await oneUnit(Math.log(-Math.log(1 - leak)), -Infinity, Math.log(leak), 1.5, 0);
    const lane = cell.lane();
    let h = 0;
    for (const x of [1, -2, 0.5, 3, -1]) {
      step(cell, lane, Float64Array.of(x));
      h = (1 - leak) * h + leak * 1.5 * x;
      expect(lane.state[0]).toBeCloseTo(h, 14);
      expect(lane.state[1]).toBe(0);
    }
    cell.params[1] = Math.log(0.1); // control: a phase
    step(cell, lane, Float64Array.of(0));
    expect(lane.state[1]).toBeGreaterThan(0.05 * h);
  });

  it.each([{ id: 'columnar' }, { id: 'snap' }, { id: 'rflo' }])('has its exact gradient from $id', async ({ id }) => {
    const problem = await randomProblem({ id: 'lru', steps: 60 });
    const exact = await estimateBy(problem, 'rtrl');
    expectEqual(await estimateBy(problem, id), exact, 1e-13);
    expectDifferent(await estimateBy(problem, 'immediate'), exact, 1e-2);
    // One component of a row of B is not enough: lambda turns it into the other.
    expectDifferent(await estimateBy(problem, 'snap', { convention: 'strict' }), exact, 1e-2);
  });

  it.each([-20, -5, -1, 0, 1, 3])('keeps |lambda| < 1 at nu_log = %d, whatever the phase', async (nuLog) => {
    for (const thetaLog of [-30, -3, 0, 1, 1.8, 5]) {
      const lane = (await oneUnit(nuLog, thetaLog, 0, 0, 0)).lane();
      const cell = await oneUnit(nuLog, thetaLog, 0, 0, 0);
      step(cell, lane, Float64Array.of(0));
      const [g, minusPhi, phi, same] = lane.direct;
      expect([g, minusPhi]).toEqual([same, -phi!]);
      expect(Math.hypot(g!, phi!)).toBeLessThan(1);
      expect(Math.hypot(g!, phi!)).toBeCloseTo(Math.exp(-Math.exp(nuLog)), 14);
    }
  });

  it('never leaves the disc that its input allows, and reaches the edge of it', async () => {
    const problem = await randomProblem({ id: 'lru', options: { units: 20 }, steps: 3000, inputSize: 1 });
    const { params } = problem.cell;
    const largest = Math.max(...problem.inputs.map(([x]) => Math.abs(x!)));
    const bounds = Array.from({ length: 20 }, (_, u) => {
      const [nuLog, , gammaLog, re, im] = [0, 1, 2, 3, 4].map((group) => params[20 * group + u]!);
      return (Math.exp(gammaLog!) * Math.hypot(re!, im!) * largest) / (1 - Math.exp(-Math.exp(nuLog!)));
    });
    let farthest = 0; // of the bound
    roll(problem, (_, { state }) => {
      bounds.forEach(
        (bound, u) => (farthest = Math.max(farthest, Math.hypot(state[2 * u]!, state[2 * u + 1]!) / bound)),
      );
    });
    expect(farthest).toBeLessThanOrEqual(1);
    const real = await oneUnit(-3, -Infinity, 0, 1, 0);
    const lane = real.lane();
    for (let t = 0; t < 3000; t++) step(real, lane, Float64Array.of(1));
    expect(lane.state[0]).toBeCloseTo(1 / (1 - Math.exp(-Math.exp(-3))), 10);
  });

  it('begins uniform over the ring, with gamma that keeps the size of h and B of variance 1 / (2 m)', async () => {
    const options = { units: 4000, rMin: 0.6, rMax: 0.9, maxPhase: 2 };
    const { params } = await createCell({ id: 'lru', options, inputSize: 2 });
    const group = (from: number, count = 1): number[] => [...params.subarray(4000 * from, 4000 * (from + count))];
    const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = group(0).map((nuLog) => Math.exp(-2 * Math.exp(nuLog))); // |lambda|^2
    const phases = group(1).map(Math.exp);
    const ends = (values: readonly number[]): [number, number] => [Math.min(...values), Math.max(...values)];
    expect(ends(squares)[0]).toBeGreaterThanOrEqual(0.36 - 1e-12);
    expect(ends(squares)[1]).toBeLessThanOrEqual(0.81 + 1e-12);
    expect(ends(phases)[0]).toBeGreaterThan(0);
    expect(ends(phases)[1]).toBeLessThan(2);
    // Four standard errors of a uniform mean: 4 (b - a) / sqrt(12 n).
    expect(Math.abs(mean(squares) - (0.36 + 0.81) / 2)).toBeLessThan((4 * 0.45) / Math.sqrt(12 * 4000));
    expect(Math.abs(mean(phases) - 1)).toBeLessThan((4 * 2) / Math.sqrt(12 * 4000));
    group(2).forEach((gammaLog, u) => expect(Math.exp(2 * gammaLog)).toBeCloseTo(1 - squares[u]!, 12));
    const B = group(3, 4);
    // Of n normal squares the mean has the deviation variance sqrt(2 / n).
    expect(Math.abs(mean(B.map((b) => b * b)) - 1 / 4)).toBeLessThan((4 / 4) * Math.sqrt(2 / B.length));
  });

  it('has 3 + 2 m parameters per unit and lets heads read all re, then all im', async () => {
    const { params, readout } = await createCell({ id: 'lru', options: { units: 3 }, inputSize: 5 });
    expect(params).toHaveLength(3 * (3 + 2 * 5));
    expect([...readout]).toEqual([0, 2, 4, 1, 3, 5]);
  });

  it('refuses a ring that is none', async () => {
    const { options } = await loadPart('cells', 'lru');
    expect(options.safeParse({ rMin: 0.9, rMax: 0.5 }).error?.issues[0]?.message).toBe('expected at most rMax');
    expect(options.safeParse({ rMin: 1 }).success).toBe(false);
    expect(options.safeParse({ rMin: 0.5, rMax: 0.5 }).success).toBe(true);
  });
});
