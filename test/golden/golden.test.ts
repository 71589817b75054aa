import { describe, expect, it } from 'vitest';
import { expectDifferent, expectEqual } from '../oracle/agree.ts';
import { bptt } from '../oracle/bptt.ts';
import { estimateBy } from '../oracle/estimate.ts';
import { roll, totalLoss, type Problem } from '../oracle/problem.ts';
import { drawsOf } from '../oracle/signs.ts';
import { type Golden, goldenProblem, goldens } from './fixture.ts';

const GRADIENTS = [
  { key: 'grad_exact', estimator: 'rtrl', options: {} },
  { key: 'grad_snap1_strict', estimator: 'snap', options: { convention: 'strict' } },
  { key: 'grad_snap1_unit_block', estimator: 'snap', options: {} },
  { key: 'grad_immediate', estimator: 'immediate', options: {} },
  { key: 'grad_rflo_leak_1_minus_alpha', estimator: 'rflo', options: {} },
  { key: 'grad_eprop_symmetric', estimator: 'e-prop', options: {} },
  { key: 'grad_tbptt2', estimator: 'tbptt', options: { window: 2 } }, // sliding windows, the fixture's reading
] as const;

describe.each(goldens)('golden vectors of $cell', (golden) => {
  it('give the same state and loss', async () => {
    const { problem } = await goldenProblem(golden);
    const { state } = roll(problem, () => undefined);
    const ours = Float64Array.from(problem.cell.readout, (entry) => state[entry]!);
    expectEqual(ours, Float64Array.from(golden.state_T), 1e-12);
    expect(totalLoss(problem)).toBeCloseTo(golden.loss_value, 11);
  });

  it.each(GRADIENTS.filter(({ key }) => key in golden))('give the same $key', async ({ key, estimator, options }) => {
    const { problem, place } = await goldenProblem(golden);
    const expected = Float64Array.from(place, (at) => golden[key]![at]!);
    expectEqual(await estimateBy(problem, estimator, options), expected, 1e-12);
    const permuted = {
      ...problem,
      cell: { ...problem.cell, params: Float64Array.from(problem.cell.params).reverse() },
    };
    expectDifferent(await estimateBy(permuted, estimator, options), expected, 1e-3); // controls
    expectDifferent(await estimateBy(perturbed(problem), estimator, options), expected, 1e-9);
  });

  it('give the same grad_uoro under the same signs', async () => {
    const { uoro_signs, uoro_eps: epsilon } = golden as Golden & { uoro_signs: number[][]; uoro_eps: number };
    const { problem, place } = await goldenProblem(golden);
    const expected = Float64Array.from(place, (at) => golden.grad_uoro![at]!);
    const { rng, draw } = await drawsOf(problem, 'uoro', { epsilon });
    const { units: k, components: b } = problem.cell;
    const n = k * b;
    // Theirs lie component by component, ours are drawn unit by unit.
    const theirs = (i: number): number => uoro_signs[Math.floor(i / n)]![(i % b) * k + Math.floor((i % n) / b)]!;
    rng.play(theirs);
    expectEqual(draw(), expected, 1e-12);
    expect(rng.drawn).toBe(n * problem.inputs.length);
    rng.play((i) => (i === n ? -1 : 1) * theirs(i)); // control: one sign of the second step
    expectDifferent(draw(), expected, 1e-3);
  });

  it('tell the estimators apart', async () => {
    const { problem, place } = await goldenProblem(golden);
    const chunked = await estimateBy(problem, 'tbptt', { window: 2, mode: 'chunked' });
    const expected = Float64Array.from(place, (at) => golden.grad_tbptt2![at]!);
    expectDifferent(chunked, expected, 1e-3);
    expectDifferent(expected, bptt(problem), 1e-3);
  });
});

function perturbed(problem: Problem): Problem {
  const params = Float64Array.from(problem.cell.params);
  params[0]! += 1e-6;
  return { ...problem, cell: { ...problem.cell, params } };
}
