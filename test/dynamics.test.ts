import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import { dynamicsLive, dynamicsMacs, dynamicsPattern } from '../src/dynamics-structure.ts';
import { RowDynamics } from '../src/dynamics.ts';
import { step } from '../src/rows.ts';
import type { Cell } from '../src/types.ts';
import { expectDifferent, expectEqual } from './oracle/agree.ts';
import { denseD, flat } from './oracle/dense.ts';
import { stepJacobians } from './oracle/finite-differences.ts';
import { dynamicsPattern as densePattern } from './oracle/masks.ts';
import { createCell } from './oracle/problem.ts';
import { syntheticCell, tied } from './oracle/synthetic-cell.ts';

const CELLS: readonly (readonly [string, () => Promise<Cell> | Cell])[] = [
  ['sparse lstm', () => createCell({ id: 'lstm', options: { density: 0.2 } })],
  ['deep columns', () => createCell({ id: 'deep-columns', options: { lateral: 0.2 } })],
  ['three components', () => syntheticCell({ neighbours: true })],
  ['tied weights', () => tied(syntheticCell({ neighbours: true }))],
];

function stepped(cell: Cell) {
  const rng = createRng('step');
  const lane = cell.lane();
  const before = lane.state.map(() => rng.normal());
  const x = Float64Array.from({ length: cell.inputSize }, () => rng.normal());
  lane.state.set(before);
  step(cell, lane, x);
  return { lane, before, x, dynamics: new RowDynamics(cell, lane) };
}

describe.each(CELLS)('the dynamics of %s', (_, create) => {
  it('have a pattern that is the boolean one, own block first, others ascending', async () => {
    const { rows } = await create();
    const pattern = dynamicsPattern(rows);
    const dense = densePattern(rows, 'unit-block');
    for (let unit = 0; unit < rows.units; unit++) {
      const columns = [...pattern.column.subarray(pattern.start[unit], pattern.start[unit + 1])];
      const others = Array.from({ length: rows.units }, (_, j) => j).filter(
        (j) => j !== unit && dense[unit * rows.components]![j * rows.components],
      );
      expect(columns).toEqual([unit, ...others]);
    }
  });

  it('are live where the strict boolean pattern is', async () => {
    const { rows } = await create();
    const b = rows.components;
    const pattern = dynamicsPattern(rows);
    const live = dynamicsLive(rows, pattern);
    const strict = densePattern(rows, 'strict');
    for (let unit = 0; unit < rows.units; unit++) {
      for (let s = pattern.start[unit]!; s < pattern.start[unit + 1]!; s++) {
        for (let c = 0; c < b * b; c++) {
          const expected = strict[unit * b + Math.floor(c / b)]![pattern.column[s]! * b + (c % b)];
          expect(live[s * b * b + c] === 1).toBe(expected);
        }
      }
    }
  });

  it('are those that central differences measure', async () => {
    const cell = await create();
    const { lane, before, x } = stepped(cell);
    expectEqual(flat(denseD(cell, lane)), flat(stepJacobians(cell, before, x).D), 1e-6);
  });

  it('do not see what theta does after they were taken', async () => {
    const cell = await create();
    const { lane, dynamics } = stepped(cell);
    const product = (): Float64Array => {
      const out = new Float64Array(lane.state.length);
      dynamics.times(
        lane.state.map((_, i) => i + 1),
        out,
      );
      return out;
    };
    const take = () => dynamics.materialise(new Set(['own', 'values', 'products'] as const));
    const taken = (): Float64Array[] => [dynamics.own(), dynamics.values(), product()].map((v) => Float64Array.from(v));
    take();
    const before = taken();
    cell.params.forEach((value, j) => (cell.params[j] = value + 0.1));
    expect(taken()).toEqual(before);
    take(); // control
    taken().forEach((values, i) => expectDifferent(values, before[i]!, 1e-6));
  });
});

describe('dynamicsMacs', () => {
  it('counts gain times theta once per component, own blocks alone where no more is needed', async () => {
    const { rows } = await createCell({ id: 'lstm', options: { units: 5 } });
    expect(dynamicsMacs(rows, 'values')).toBe(2 * 4 * 5 * 5);
    expect(dynamicsMacs(rows, 'own')).toBe(2 * 4 * 5);
    expect(dynamicsMacs(rows, 'products')).toBe(0);
  });
});
