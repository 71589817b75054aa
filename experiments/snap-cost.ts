/**
 * What learning a recurrent net online costs, method by method, before any of it is run: the numbers kept and the products
 * per step as the planner predicts them, as they are counted on a live net, and as leading terms by hand say. Nets with 32
 * inputs and masks that leave each k x k matrix 4,096 weights on average, and dense ones. `rtrl` does not know the mask,
 * `sparse rtrl` keeps the columns of weights that are there, and of these what is structurally not zero. A unit's weight on
 * itself is always there. Times are not measured here: they are in bench/SPARSE.md.
 */
import { defineStudy, type Expected, type StudySetting } from '../src/experiment/study.ts';
import { formula } from '../src/experiment/method-cost/formulas.ts';
import { influence } from '../src/experiment/method-cost/influence.ts';
import { type LivePattern, livePattern } from '../src/experiment/method-cost/live-pattern.ts';
import { counting, METHODS, predicted } from '../src/experiment/method-cost/methods.ts';
import { netOf, NETS } from '../src/experiment/method-cost/net.ts';
import type { Cell } from '../src/types.ts';

const SIZES: readonly (readonly [units: number, sparsity: number])[] = [
  [128, 75],
  [256, 93.75],
  [512, 98.4375],
];
const MEASURES = {
  entries: 'numbers kept between steps, predicted',
  predicted: 'multiply-adds per step, predicted',
  counted: 'multiply-adds per step, counted',
  formulaEntries: 'numbers kept, leading terms by hand',
  formulaMacs: 'multiply-adds per step, leading terms by hand',
  dynamicsDensity: 'share of D that is not zero',
  influenceDensity: 'share of J kept, over the columns of weights that are there',
  entriesPerParameter: 'numbers of J per weight',
  macsPerParameter: 'products D J and I per weight and step',
  share: 'of the products D J of sparse RTRL, in per cent',
};

const isReset = (net: string): boolean => net.startsWith('gru reset before');
const RESET = ['snap 1', 'snap 2', 'sparse rtrl']; // of the GRU whose rows move many units: what the others cost is no news
const isStrict = (method: string): boolean => method.endsWith('strict'); // another thing where units have several numbers
function methodsOf(net: string): string[] {
  if (isReset(net)) return RESET;
  return Object.keys(METHODS).filter((method) => !isStrict(method) || net.startsWith('lstm'));
}
const DENSE_NETS = Object.keys(NETS).filter((net) => !isReset(net) && !net.endsWith('one mask'));

function settings(sizes: typeof SIZES): StudySetting[] {
  return [
    ...sizes.flatMap(([units, sparsity]) =>
      Object.keys(NETS).flatMap((net) => methodsOf(net).map((method) => ({ net, units, sparsity, method }))),
    ),
    ...DENSE_NETS.flatMap((net) =>
      methodsOf(net)
        .filter((method) => method !== 'sparse rtrl' && !isStrict(method)) // the same as others
        .map((method) => ({ net, units: 128, sparsity: 0, method })),
    ),
  ];
}

const SOURCE =
  'another program of ours, in another language, one mask each, in which units have no weight on themselves unless drawn';
const INFLUENCE = ['influenceDensity', 'entriesPerParameter', 'macsPerParameter', 'share'] as const;

/** By size: D's density; SnAp-2's J: density, entries, products, share; SnAp-3's density and share. `-`: not noted. */
function noted(net: string, lines: readonly string[], convention = ''): Expected[] {
  return lines.flatMap((line, i) => {
    const [units, sparsity] = SIZES[i]!;
    const [dynamics, two, three = ''] = line.split('|');
    const of = (method: string, measures: readonly string[], numbers: string): Expected[] =>
      numbers.split(' ').flatMap((number, m): Expected[] => {
        if (number === '-' || number === '') return [];
        return [
          {
            for: { net, units, sparsity, method: method + convention },
            measure: measures[m]!,
            value: Number(number),
            digits: number.split('.')[1]?.length ?? 0,
            kind: 'noted',
            source: SOURCE,
          },
        ];
      });
    return [
      ...of('snap 2', ['dynamicsDensity'], dynamics!),
      ...of('snap 2', INFLUENCE, two!),
      ...of('snap 3', ['influenceDensity', 'share'], three),
    ];
  });
}

const EXPECTED: readonly Expected[] = [
  ...noted('tanh', [
    '.246|.252 32.3 286 7.1|1.00 100',
    '.063|.066 17.0 35 .84|.655 46',
    '.015|.017 8.8 9.1 .23|.129 3.3',
  ]),
  ...noted('gru, a mask per gate', [
    '.577|.578 74 3223 34|1.00',
    '.179|.178 45.7 448 3.8|1.00',
    '.048|.048 24.6 74.5 .59|.681 49',
  ]),
  ...noted(
    'lstm, a mask per gate',
    ['.318|.631 162 9207 44|1.00', '.103|.203 104 1444 5.4|1.00', '.028|.055 56.4 201 .69|.817 72'],
    ', strict',
  ),
  ...noted('gru reset before, a mask per gate', ['1.00|1.00', '.671|.781', '.147|.325']),
  ...[11.4, 5.9, 3.4].map((value, i): Expected => {
    const [units, sparsity] = SIZES[i]!;
    const net = 'gru reset before, a mask per gate';
    const measure = 'entriesPerParameter'; // 1 for the other GRU and for tanh
    return {
      for: { net, units, sparsity, method: 'snap 1' },
      measure,
      value,
      digits: 1,
      kind: 'noted',
      source: SOURCE,
    };
  }),
];

export default defineStudy({
  question: 'What does each way to learn a sparse recurrent net cost in memory and multiply-adds?',
  title: 'The cost of learning recurrent nets',
  cite: 'menick2021practical',
  measures: MEASURES,
  sweep: (full) => settings(full ? SIZES : SIZES.slice(0, 2)),
  seeds: (full) => (full ? 5 : 2),
  measure({ net, units, sparsity, method: name }, seed) {
    const method = METHODS[String(name)]!;
    const at = { net: String(net), units: Number(units), seed };
    const cell = netOf({ ...at, sparsity: method.densely ? 0 : Number(sparsity) });
    const live = livePattern(cell);
    const { entries, macs } = predicted(method, cell);
    const k = cell.units * cell.components;
    const p = netOf({ ...at, sparsity: 0 }).params.length;
    const byHand = formula(String(name), { k, p, d: 1 - Number(sparsity) / 100 });
    return {
      entries,
      predicted: macs,
      counted: method.counted(counting(cell, live)),
      ...(byHand && { formulaEntries: byHand.entries, formulaMacs: byHand.macs }),
      ...(method.reach && influenceOf(cell, live, method.reach)),
    };
  },
  tables: [
    {
      title: 'What SnAp keeps of the influence matrix',
      where: ({ method, sparsity }) => String(method).startsWith('snap') && sparsity !== 0,
      measures: ['dynamicsDensity', ...INFLUENCE],
    },
    ...Object.keys(NETS).map((own) => ({
      title: `Memory and multiply-adds: ${own}`,
      where: ({ net }: StudySetting) => net === own,
      measures: ['entries', 'formulaEntries', 'predicted', 'counted', 'formulaMacs'],
    })),
  ],
  figures: [
    ...['snap 2', 'snap 3'].map((own) => ({
      kind: 'lines' as const,
      name: `share-${own.replace(' ', '-')}`,
      title: `Products of ${own.replace('snap ', 'SnAp-')}, of those of sparse RTRL`,
      where: ({ method, sparsity }: StudySetting) => method === own && sparsity !== 0,
      measure: 'share',
      x: 'units',
      xTitle: 'units, with one number of weights',
      by: 'net',
      xScale: 'log' as const,
      yScale: 'log' as const,
    })),
    ...(['predicted', 'entries'] as const).flatMap((measure) =>
      ['tanh', 'gru, a mask per gate', 'lstm, a mask per gate'].map((own) => ({
        kind: 'lines' as const,
        name: `${measure === 'entries' ? 'memory' : 'products'}-${own.split(',')[0]!}`,
        title: `${measure === 'entries' ? 'Numbers kept' : 'Multiply-adds per step'}: ${own}`,
        where: ({ net, sparsity }: StudySetting) => net === own && sparsity !== 0,
        measure,
        x: 'units',
        xTitle: 'units, with one number of weights',
        by: 'method',
        xScale: 'log' as const,
        yScale: 'log' as const,
      })),
    ),
  ],
  expected: EXPECTED,
});

function influenceOf(cell: Cell, live: LivePattern, { n, wholeUnits }: NonNullable<(typeof METHODS)[string]['reach']>) {
  const k = cell.units * cell.components;
  const own = influence(cell, live, n, wholeUnits);
  const exact = influence(cell, live, Infinity, false);
  return {
    dynamicsDensity: live.reads.reduce((sum, { length }) => sum + length, 0) / k ** 2,
    influenceDensity: own.entries / (k * own.parameters),
    entriesPerParameter: own.entries / own.parameters,
    macsPerParameter: (own.hops + own.immediate) / own.parameters,
    share: (100 * own.hops) / exact.hops,
  };
}
