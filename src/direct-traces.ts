/**
 * What RFLO and e-prop share: one trace of b numbers per parameter on its own unit, which fades by `direct`'s own block
 * R, the part of D at fixed sums (a leak, the path from c to c of an LSTM). Every weight on s_{t-1} is left out of D:
 *   T_e <- R T_e + gain_own pre_e                                           (row-traces.ts, eq. 3)
 */
import { eachTerm } from './dynamics-structure.ts';
import { isClosed } from './reach.ts';
import { rowLoops, rowTracesMacs, tracePlaces } from './row-traces.ts';
import { named } from './stateful.ts';
import type { Cell, Estimator, Lane, Places, Rows } from './types.ts';

export interface DirectTraces {
  readonly traces: Float64Array; // [entries x b]
  update(lane: Lane): void;
  pull(q: Float64Array, out: Float64Array): void;
  places(): Places;
}

export function directTraces(cell: Cell): DirectTraces {
  const traces = new Float64Array(cell.rows.source.length * cell.components); // [entries x b]
  const { update, pull } = rowLoops(cell, traces);
  const blocks = ownBlocks(cell);
  const { rows } = cell;
  return { traces, update: (lane) => update(lane, blocks(lane)), pull, places: () => tracePlaces(rows) };
}

/** (row-traces.ts, eq. 3) by R as an estimator: RFLO, and e-prop without a filter. */
export function directEstimator(cell: Cell): Estimator {
  const { traces, update, pull, places } = directTraces(cell);
  return {
    ...named({ traces }, () => traces.fill(0)),
    needs: [],
    kernel: { kind: 'traces', block: 'direct' },
    exactOn: isDirectExact,
    cost: { entries: traces.length, macsPerStep: rowTracesMacs(cell), pull: traces.length },
    update: (d) => update(d.lane),
    pull,
    places,
  };
}

/** The own block of `direct`, unit by unit [units x b x b]; it comes first of a unit's blocks. */
function ownBlocks({ rows }: Cell): (lane: Lane) => Float64Array {
  const { start, column } = rows.direct;
  if (column.length === rows.units) return (lane) => lane.direct;
  const size = rows.components ** 2;
  const own = new Float64Array(rows.units * size);
  return ({ direct }) => {
    for (let unit = 0; unit < rows.units; unit++) {
      for (let c = 0; c < size; c++) own[unit * size + c] = direct[start[unit]! * size + c]!;
    }
    return own;
  };
}

/** True iff what is left out is nothing: what a unit holds stays in it, and R is all there is of D's own block. */
export function isDirectExact(rows: Rows): boolean {
  const b = rows.components;
  const own = Int32Array.from({ length: rows.count }, (_, r) => rows.dest[rows.destStart[r]!]!);
  const tracked = new Set(own.filter((_, r) => rows.start[r]! < rows.start[r + 1]!));
  const { dest } = rows.whole ?? rows;
  let isBlind = true; // no tracked unit reads its own last state by a weight
  eachTerm(rows, (d, _e, entry) => {
    if (dest[d] === Math.floor(entry / b) && tracked.has(dest[d]!)) isBlind = false;
  });
  const kept = Array.from(own, (unit) => Int32Array.from({ length: b }, (_, c) => unit * b + c));
  return isBlind && isClosed(rows, kept);
}
