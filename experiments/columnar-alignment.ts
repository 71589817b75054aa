/**
 * The test-bed of the columnar paper (Javed, White & Sutton 2021), state learning: how alike the columnar gradient and the
 * true one are, against the density of lateral links, and how alike the gradient of truncated back-propagation in chunks.
 * The paper prints no figures. What is expected are means of 30 runs of another program of ours, with its own draws.
 * A gradient is nearly proportional to the sum of its run's random errors, so that runs in which this is small have huge
 * relative errors: the measures are heavy-tailed, all sparsities share one draw, and the spread of 30 runs is not to be
 * trusted, that of truncated back-propagation least of all. Therefore the 300 seeds.
 */
import { createRng } from '@rl-tools/envs';
import columnar from '../src/estimators/columnar.ts';
import tbptt from '../src/estimators/tbptt.ts';
import { defineStudy, type Expected, type StudySetting } from '../src/experiment/study.ts';
import { createBed } from '../src/experiment/test-bed/bed.ts';
import { LIKENESS, likeness } from '../src/experiment/test-bed/likeness.ts';
import { noted, SPARSITIES } from '../src/experiment/test-bed/noted.ts';
import { estimatedStateGradient, exactStateGradient } from '../src/experiment/test-bed/state-gradient.ts';
import type { Cell, Estimator } from '../src/types.ts';

const nothing = createRng('columnar-alignment'); // none of them draws
const chunks = (window: number) => (cell: Cell) => tbptt.create({ window, mode: 'chunked' }, nothing, { cell });
const METHODS: Readonly<Record<string, (cell: Cell) => Estimator>> = {
  columnar: (cell) => columnar.create({}, nothing, { cell }),
  'tbptt 5': chunks(5),
  'tbptt 10': chunks(10),
};

const SIZE = { columns: 20, features: 5, length: 50 };
const at = (method: string, sparsity: number, size: Partial<typeof SIZE> = {}): StudySetting => {
  return { method, sparsity, ...SIZE, ...size };
};
const isUsual = ({ columns, features, length }: StudySetting): boolean =>
  columns === SIZE.columns && features === SIZE.features && length === SIZE.length;

const OTHER_SIZES = [
  at('columnar', 23, { columns: 10 }),
  at('columnar', 1, { features: 10 }),
  at('columnar', 23, { features: 10 }),
  ...[0.1, 1, 4, 23].map((sparsity) => at('columnar', sparsity, { length: 150 })),
];

/** One string per sparsity, a number per measure as it was printed. */
const EXPECTED: readonly Expected[] = [
  ...noted((sparsity) => at('columnar', sparsity), ['alignment', 'absError', 'cosine', 'relativeL2'], {
    0: '1.0000 .0000 1.0000 .000',
    0.1: '.9476+-.0066 .0242+-.0031 .9969 .067',
    0.25: '.9001+-.0074 .0474 .9938 .096',
    0.5: '.8265+-.0071 .0859 .9876 .141',
    1: '.7601+-.0085 .144 .9756 .195',
    2: '.7115+-.0080 .226 .9627 .250',
    4: '.6755+-.0072 .336 .9425 .312',
    8: '.6503+-.0096 .517 .9151 .387',
    16: '.6704+-.0068 .761 .8796 .463',
    23: '.6765+-.0068 .976+-.083 .8578 .504',
  }),
  ...noted((sparsity) => at('tbptt 5', sparsity), ['alignment', 'cosine', 'relativeL2'], {
    0: '.916 .889 .460',
    0.1: '.915 .890 .455',
    0.25: '.914 .889 .453',
    0.5: '.913 .893 .443',
    1: '.912 .891 .446',
    2: '.906 .896 .439',
    4: '.897 .884 .448',
    8: '.881 .879 .467',
    16: '.866 .856 .502',
    23: '.841 .828 .548',
  }),
  ...noted((sparsity) => at('tbptt 10', sparsity), ['alignment', 'cosine'], {
    0: '.946 .908',
    0.1: '.946 .911',
    0.25: '.945 .913',
    0.5: '.944 .915',
    1: '.942 .917',
    2: '.939 .924',
    4: '.935 .921',
    8: '.925 .918',
    16: '.915 .912',
    23: '.903 .900',
  }),
  ...noted((sparsity) => at('columnar', sparsity, { columns: 10 }), ['alignment', 'cosine'], { 23: '.646 .856' }),
  ...noted((sparsity) => at('columnar', sparsity, { features: 10 }), ['alignment', 'cosine'], {
    1: '.744 .979',
    23: '.683 .899',
  }),
  ...noted(
    (sparsity) => at('columnar', sparsity, { length: 150 }),
    ['alignment', 'cosine'],
    { 0.1: '.948 .998', 1: '.722 .987', 4: '.655 .961', 23: '.667 .871' },
    10,
  ),
];

export default defineStudy({
  question: "How good are the columns' gradients when columns talk?",
  title: 'The columnar test-bed, state learning',
  cite: 'javed2021columnar',
  measures: LIKENESS,
  sweep: (full) => [
    ...Object.keys(METHODS).flatMap((method) => SPARSITIES.map((sparsity) => at(method, sparsity))),
    ...(full ? OTHER_SIZES : []),
  ],
  seeds: (full) => (full ? 300 : 5),
  async measure({ method, sparsity, columns, features, length }, seed) {
    const sizes = { columns: Number(columns), features: Number(features), length: Number(length) };
    const bed = await createBed({ sparsity: Number(sparsity), seed, ...sizes });
    return likeness(estimatedStateGradient(bed, METHODS[String(method)]!), exactStateGradient(bed));
  },
  tables: [
    { title: 'The columnar test-bed, state learning', where: isUsual },
    { title: 'Other sizes', where: (setting) => !isUsual(setting), measures: ['alignment', 'cosine'] },
  ],
  figures: (['alignment', 'cosine', 'relativeL2'] as const).map((measure) => ({
    kind: 'lines' as const,
    name: measure.toLowerCase(),
    title: 'The columnar test-bed, state learning',
    where: (setting: StudySetting) => isUsual(setting) && setting['sparsity'] !== 0,
    measure,
    x: 'sparsity',
    xTitle: "lateral links, in units of a column's own features",
    by: 'method',
    xScale: 'log' as const,
  })),
  expected: EXPECTED,
});
