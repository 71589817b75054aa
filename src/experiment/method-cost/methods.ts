/**
 * What every method keeps and multiplies per step on one net: as the planner predicts it from what the net declares, and as
 * it is counted. A step is the forward pass, D, the update of the influence and one pull; back-propagation goes back once
 * per sequence of UNROLL steps, all states of it kept.
 */
import { createRng } from '@rl-tools/envs';
import immediate from '../../estimators/immediate.ts';
import rflo from '../../estimators/rflo.ts';
import rtrl from '../../estimators/rtrl.ts';
import snap from '../../estimators/snap.ts';
import tbptt from '../../estimators/tbptt.ts';
import uoro from '../../estimators/uoro.ts';
import { forwardMacs } from '../../rows.ts';
import { sequenceMacs } from '../../sequence-gradient.ts';
import type { Cell, Estimator } from '../../types.ts';
import { influence, type Influence } from './influence.ts';
import type { LivePattern } from './live-pattern.ts';
import { type StepProducts, stepProducts } from './step-products.ts';

export const UNROLL = 128;
export const WINDOW = 10;

export interface Predicted {
  readonly entries: number; // numbers kept between steps
  readonly macs: number; // per step
}

interface Counting {
  readonly cell: Cell;
  readonly step: StepProducts;
  readonly kept: (n: number, wholeUnits: boolean) => Influence;
}

export interface Method {
  readonly estimator: ((cell: Cell) => Estimator) | null; // null: it goes back through whole sequences
  readonly reach?: { readonly n: number; readonly wholeUnits: boolean }; // of those that keep an influence matrix
  readonly densely?: boolean; // on a net that has all weights
  counted(net: Counting): number;
}

const nothing = createRng('method-cost'); // none of them draws before it is used
const alone = ({ rows }: Cell): boolean => rows.dest.length === rows.count; // every row moves one unit

const traces = ({ cell: { components: b }, step: { forward } }: Counting): number => forward * (b * b + 2 * b);

function panels({ step, kept }: Counting, n: number, wholeUnits: boolean): number {
  const { hops, immediate, pulled } = kept(n, wholeUnits);
  return step.allTerms + hops + immediate + pulled;
}

const snapAt = (n: number, wholeUnits = true): Method => ({
  estimator: (cell) => snap.create({ n, convention: wholeUnits ? 'unit-block' : 'strict' }, nothing, { cell }),
  reach: { n, wholeUnits },
  counted(net) {
    const { forward, ownTerms } = net.step;
    return n === 1 && wholeUnits && alone(net.cell)
      ? forward + ownTerms + traces(net)
      : forward + panels(net, n, wholeUnits);
  },
});

const exact: Method = {
  estimator: (cell) => rtrl.create({}, nothing, { cell }),
  reach: { n: Infinity, wholeUnits: false },
  counted: (net) => net.step.forward + panels(net, Infinity, false),
};

export const METHODS: Readonly<Record<string, Method>> = {
  bptt: {
    estimator: null,
    counted: ({ step }) => ((2 * UNROLL - 1) * step.forward + (UNROLL - 1) * step.along) / UNROLL + step.through,
  },
  tbptt: {
    estimator: (cell) => tbptt.create({ window: WINDOW, mode: 'rolling' }, nothing, { cell }),
    counted: ({ cell, step }) => {
      const b = cell.components;
      const back = blocksOf(cell) * b * b;
      return step.forward + WINDOW * (step.forward + step.allTerms + step.through) + (WINDOW - 1) * back;
    },
  },
  uoro: {
    estimator: (cell) => uoro.create({ epsilon: 1e-7 }, nothing, { cell }),
    counted: ({ cell, step }) =>
      step.forward + step.along + step.through + 4 * cell.units * cell.components + 5 * step.forward,
  },
  rflo: {
    estimator: (cell) => rflo.create({}, nothing, { cell }),
    counted: (net) => net.step.forward + traces(net),
  },
  immediate: {
    estimator: (cell) => immediate.create({}, nothing, { cell }),
    counted: ({ step }) => step.forward + step.through,
  },
  'snap 1': snapAt(1),
  'snap 2': snapAt(2),
  'snap 3': snapAt(3),
  'snap 1, strict': snapAt(1, false),
  'snap 2, strict': snapAt(2, false),
  'snap 3, strict': snapAt(3, false),
  'sparse rtrl': exact,
  rtrl: { ...exact, densely: true },
};

/** Pairs of units of which one reads the other, itself included. */
function blocksOf({ rows }: Cell): number {
  const first = rows.inputSize + 1;
  const pairs = new Set<number>();
  for (let unit = 0; unit < rows.units; unit++) pairs.add(unit * rows.units + unit);
  for (let r = 0; r < rows.count; r++) {
    for (let e = rows.start[r]!; e < rows.start[r + 1]!; e++) {
      const entry = rows.source[e]! - first;
      if (entry < 0 || entry >= rows.units * rows.components) continue;
      for (let d = rows.destStart[r]!; d < rows.destStart[r + 1]!; d++)
        pairs.add(rows.dest[d]! * rows.units + Math.floor(entry / rows.components));
    }
  }
  return pairs.size;
}

export function predicted({ estimator }: Method, cell: Cell): Predicted {
  const forward = forwardMacs(cell.rows);
  if (estimator !== null) {
    const { entries, macsPerStep } = estimator(cell).cost;
    return { entries, macs: forward + macsPerStep };
  }
  const n = cell.units * cell.components;
  return { entries: UNROLL * (n + cell.inputSize), macs: sequenceMacs(cell.rows, UNROLL)(UNROLL) / UNROLL };
}

export function counting(cell: Cell, live: LivePattern): Counting {
  return { cell, step: stepProducts(cell.rows), kept: (n, wholeUnits) => influence(cell, live, n, wholeUnits) };
}
