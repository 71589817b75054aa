/** What the design promises, and whether this run keeps it. A goal is judged by its worst case. */
import { overForward } from './cases/dense.ts';
import type { ColumnsResult } from './cases/columns.ts';
import type { Timed } from './cases/methods.ts';
import type { RatioName } from './entry.ts';
import type { Simd } from '../src/kernels/module.ts';
import type { Rule } from './recipes.ts';
import type { Results, SparseResults } from './results.ts';
import { ratio } from './timing.ts';

/** A measured value and what it is of. */
export interface Value {
  readonly value: number;
  readonly at: string;
}

export interface Goal<R = Results> {
  readonly what: string;
  readonly least?: number;
  readonly most?: number;
  readonly values: (results: R) => readonly Value[];
}

export interface Judged {
  readonly worst: Value;
  readonly isMet: boolean;
}

/** Null where the run did not measure it. */
export function judge<R>({ least = -Infinity, most = Infinity, values }: Goal<R>, results: R): Judged | null {
  const excess = ({ value }: Value): number => Math.max(value - most, least - value);
  const [worst] = [...values(results)].sort((a, b) => excess(b) - excess(a));
  return worst === undefined ? null : { worst, isMet: excess(worst) <= 0 };
}

type Which = (size: ColumnsResult) => boolean;

const isLargest: Which = ({ columns, inputs }) => columns === 1024 && inputs === 64;
const at =
  (size: string): Which =>
  ({ columns, inputs }) =>
    `${columns}x${inputs}` === size;

/** One value per size of LSTM columns with raw features. */
function columnValues(
  rule: Rule,
  simd: Simd,
  which: Which,
  of: (m: ColumnsResult['measured'][number]) => number | undefined,
) {
  return ({ columns }: Results): Value[] =>
    columns
      .filter((each) => each.features === 'raw' && each.rule === rule && which(each))
      .flatMap(({ measured }) => measured.filter((each) => each.simd === simd))
      .flatMap((each) => {
        const value = of(each);
        return value === undefined ? [] : [{ value, at: each.entry.size }];
      });
}

const perParameter = (what: string, most: number, which: Which, rule: Rule, simd: Simd = 'deterministic'): Goal => ({
  what: `${simd}, ${rule}, ${what}: ns per parameter and step`,
  most,
  values: columnValues(rule, simd, which, ({ entry }) => entry.nsPerParameter),
});

const peer = (name: RatioName, what: string, least: number, which: Which): Goal => ({
  what: `${name} / ours, ${what}`,
  least,
  values: columnValues('td-lambda', 'deterministic', which, ({ entry }) => entry.ratios[name]),
});

const overForwardGoal = (what: string, most: number, step: 'td0' | 'td'): Goal => ({
  what: `SnAp-1 step / its forward pass, ${what}`,
  most,
  values: ({ dense }) =>
    dense.map((each) => ({ value: overForward(each[step], each.forward)[0]!, at: `${each.cell} ${each.size}` })),
});

const snapGoal = (name: string, least: number): Goal<SparseResults> => ({
  what: `RTRL / SnAp-2, ${name}, 256 units, 93.75 % sparse`,
  least,
  values: ({ sparse }) =>
    sparse.flatMap(({ net, size, sparsity, snap, rtrl }) => {
      const isIt = net.name === name && sparsity === 0.9375 && typeof rtrl !== 'string';
      return isIt ? [{ value: ratio(rtrl[0]!.samples, snap[0]!.samples), at: size }] : [];
    }),
});

/** Time against that of RTRL as predicted: 2 is twice what was predicted, or half of it. */
const timeFollows = (what: string, over: (timed: Timed) => number): Goal<SparseResults> => ({
  what: `time of a method over what is predicted from RTRL's, either way: ${what}`,
  most: 2,
  values: ({ methods }) =>
    methods.flatMap(({ net, timed }) =>
      timed.map((each) => ({ value: Math.max(over(each), 1 / over(each)), at: `${net.name} ${each.method}` })),
    ),
});

const csr: Goal<SparseResults> = {
  what: 'C++ entry by entry / ours, SnAp-2, sparse nets',
  least: 2,
  values: ({ snapPeers }) =>
    snapPeers.flatMap(({ net, size, ratios }) => {
      return ratios.csr === undefined ? [] : [{ value: ratios.csr, at: `${net.name} ${size}` }];
    }),
};

/** Of learning sparse nets. */
export const SPARSE_GOALS: readonly Goal<SparseResults>[] = [
  snapGoal('tanh', 40),
  snapGoal('gru', 12),
  snapGoal('gru, one mask', 40),
  timeFollows('multiply-adds alone', ({ overPredicted }) => overPredicted),
  timeFollows('activations too', ({ overBoth }) => overBoth),
  csr,
];

const one =
  (of: (results: Results) => number, at = '') =>
  (results: Results): Value[] => [{ value: of(results), at }];

export const GOALS: readonly Goal[] = [
  ...(['deterministic', 'relaxed'] as const).flatMap((simd) => {
    const [many, few, large] = simd === 'deterministic' ? [0.6, 0.8, 0.85] : [0.5, 0.65, 0.75];
    const isMany: Which = ({ columns, inputs }) => inputs >= 20 && columns <= 256;
    return [
      perParameter('20 inputs and more, to 256 columns', many!, isMany, 'td-lambda', simd),
      perParameter('8 inputs', few!, ({ inputs }) => inputs === 8, 'td-lambda', simd),
      perParameter('1024x64', large!, isLargest, 'td-lambda', simd),
    ];
  }),
  perParameter('all sizes', 0.95, () => true, 'rmsprop'),
  {
    what: 'reference path, td-lambda: ns per parameter and step',
    most: 12,
    values: columnValues('td-lambda', 'deterministic', () => true, referenceTime),
  },
  peer('reference', 'all sizes', 8, () => true),
  peer('cpp', 'to 32 inputs', 2, ({ inputs }) => inputs <= 32),
  peer('cpp', '64 inputs, to 256 columns', 1.6, ({ columns, inputs }) => inputs === 64 && columns <= 256),
  peer('cpp', '1024x64', 1.3, isLargest),
  {
    what: 'ours / handFused, all sizes',
    most: 1.75,
    values: columnValues(
      'td-lambda',
      'deterministic',
      () => true,
      ({ entry: { ratios } }) => {
        return ratios.handFused === undefined ? undefined : 1 / ratios.handFused;
      },
    ),
  },
  peer('torchEager', '16x8', 250, at('16x8')),
  peer('torchEager', '64x32', 30, at('64x32')),
  peer('torchEager', '256x32', 12, at('256x32')),
  peer('torchEager', '1024x64', 5, isLargest),
  peer('torchCompile', '64x32', 10, at('64x32')),
  peer('jax', 'to 256 columns', 3, ({ columns }) => columns <= 256),
  overForwardGoal('lambda 0', 4, 'td0'),
  overForwardGoal('lambda 0.9', 6, 'td'),
  ...SPARSE_GOALS,
  { what: 'stream over plain loop, 20 columns, in chunks', most: 1.05, values: one(({ stream }) => stream.ratio) },
  slopeGoal('counted operations', 0.01, 'operations'),
  slopeGoal('counted bytes', 0.01, 'bytes'),
  slopeGoal('time, lines in L2', 0.1, 'timeInL2'),
  { what: 'slope of time, 1e3 to 1e6 parameters', most: 1.2, values: one(({ growth }) => growth.slopes.time) },
];

function slopeGoal(what: string, tolerance: number, key: 'operations' | 'bytes' | 'timeInL2'): Goal {
  const values = one(({ growth }) => growth.slopes[key]);
  return { what: `slope of ${what}`, least: 1 - tolerance, most: 1 + tolerance, values };
}

function referenceTime({ entry }: ColumnsResult['measured'][number]): number | undefined {
  const { reference } = entry.ratios;
  return reference === undefined ? undefined : reference * entry.nsPerParameter;
}
