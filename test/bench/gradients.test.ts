import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import rtrl from '../../src/estimators/rtrl.ts';
import { step } from '../../src/rows.ts';
import { createBed, type Bed } from '../../bench/testbed/bed.ts';
import { gradients } from '../../bench/testbed/gradients.ts';
import { tableRow } from '../../bench/testbed/table.ts';
import { expectDifferent, expectEqual } from '../oracle/agree.ts';

/** sum_t 1/2 (y*_t - y_t)^2 */
function loss({ cell, inputs, targets, head }: Bed): number {
  const lane = cell.lane();
  return inputs.reduce((total, x, t) => {
    step(cell, lane, x);
    const y = head.reduce((sum, w, i) => sum + w * lane.state[i]!, 0);
    return total + 0.5 * (targets[t]! - y) ** 2;
  }, 0);
}

describe('gradients', () => {
  it('of the state and of the read-out are those of the loss', () => {
    const bed = createBed({ sparsity: 1, seed: 1, columns: 4, features: 2, steps: 12, inputSize: 6 });
    const [truth] = gradients(bed, [(cell) => rtrl.create({}, createRng(0), { cell })]);
    const slopes = (weights: Float64Array): number[] =>
      Array.from(weights, (value, j) => {
        const at = (w: number): number => ((weights[j] = w), loss(bed));
        const slope = (at(value + 1e-5) - at(value - 1e-5)) / 2e-5;
        weights[j] = value;
        return slope;
      });
    const measured = Float64Array.from([...slopes(bed.cell.params), ...slopes(bed.head)]);
    expectEqual(truth!, measured, 1e-6);
    bed.head[0]! *= 2; // control
    expectDifferent(gradients(bed, [(cell) => rtrl.create({}, createRng(0), { cell })])[0]!, measured, 1e-3);
  });
});

describe('a row of the table', () => {
  it('is exact without laterals and worse with them', () => {
    const sizes = { columns: 6, features: 2 };
    const { columnar, 'tbptt 5': chunks } = tableRow(0, 2, sizes).measured;
    expect(columnar.relativeL2.mean).toBeLessThanOrEqual(1e-12);
    expect(columnar.alignment).toEqual({ mean: 1, standardError: 0, runs: 2 });
    expect(chunks.relativeL2.mean).toBeGreaterThan(0.01);
    expect(tableRow(23, 2, sizes).measured.columnar.relativeL2.mean).toBeGreaterThan(0.1);
  });
});
