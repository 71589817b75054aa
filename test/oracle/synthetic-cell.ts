/**
 * Cells that no folder has, to stress what is generic: any number b of components, rows that move two units, direct
 * links to another unit, tied weights. Unit u with its neighbour l = u - 1 (mod k), s' = s_{t-1}:
 *   s_uc = tanh(.5 s'_uc + (c + 1)/b a_u + cross (c - b)/b a_l + link s'_lc),   a_u = theta_u . [x; 1; s' sources]
 */
import { createRng } from '@rl-tools/envs';
import { buildRows, createLane, places } from '../../src/rows.ts';
import { columnSources, range } from '../../src/sources.ts';
import type { Cell } from '../../src/types.ts';
import { uniformWeights } from '../../src/weights.ts';

export interface SyntheticSpec {
  readonly units?: number;
  readonly components?: number;
  readonly neighbours?: boolean; // rows and direct blocks reach the next unit
  readonly seed?: number;
}

export function syntheticCell({ units = 4, components = 3, neighbours = false, seed = 0 }: SyntheticSpec = {}): Cell {
  const b = components;
  const inputSize = 3;
  const shape = { inputSize, units, components };
  const { state: first } = places(shape);
  const after = (unit: number): number => (unit + 1) % units;
  const before = (unit: number): number => (unit + units - 1) % units;
  const rng = createRng(`${seed}/synthetic`);
  const row = (unit: number) => ({
    sources: [...columnSources(shape, unit, 0), ...range(first + unit * b + 1, b - 1)], // [x; 1; the unit's own state]
    destinations: neighbours ? [unit, after(unit)] : [unit],
  });
  const group = { name: 'only', rows: range(0, units).map(row) };
  const rows = buildRows(shape, [group], neighbours ? { columns: (unit) => [before(unit)] } : {});
  const own = (c: number): number => (c + 1) / b;
  const cross = (c: number): number => (neighbours ? (c - b) / b : 0);
  const link = neighbours ? 0.3 : 0;
  const blocks = neighbours ? 2 : 1;
  return {
    inputSize,
    units,
    components,
    params: uniformWeights(rows, rng, () => 0.7),
    rows,
    readout: Int32Array.from(range(0, units * b)),
    lane: () => createLane(rows, 0),
    begin: (lane) => lane.reset(),
    activate(_layer, { pre, sum, state }) {
      for (let u = 0; u < units; u++) {
        for (let c = 0; c < b; c++) {
          const l = before(u);
          const a =
            own(c) * sum[u]! + cross(c) * sum[l]! + 0.5 * pre[first + u * b + c]! + link * pre[first + l * b + c]!;
          state[u * b + c] = Math.tanh(a);
        }
      }
    },
    differentiate({ state, gain, direct }) {
      direct.fill(0);
      for (let u = 0; u < units; u++) {
        for (let c = 0; c < b; c++) {
          const slope = 1 - state[u * b + c]! ** 2;
          gain[blocks * u * b + c] = slope * own(c);
          if (neighbours) gain[(blocks * before(u) + 1) * b + c] = slope * cross(c);
          direct[(blocks * u * b + c) * b + c] = slope * 0.5;
          if (neighbours) direct[((blocks * u + 1) * b + c) * b + c] = slope * link;
        }
      }
    },
  };
}

/** The same cell with every second weight tied to the one before it. */
export function tied(cell: Cell): Cell {
  const param = Int32Array.from(cell.rows.source, (_, e) => e >> 1);
  const params = Float64Array.from({ length: (param.length + 1) >> 1 }, (_, j) => cell.params[2 * j]!);
  return { ...cell, params, rows: { ...cell.rows, param } };
}
