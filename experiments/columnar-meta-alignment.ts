/**
 * The test-bed of the columnar paper (Javed, White & Sutton 2021), meta-learning: the read-out learns at every step by LMS
 * with step size alpha, and how alike are the gradient through its updates as the rule `through-updates` has it and the true
 * one, against the density of lateral links? Columns without a gate, feed-forward and accumulating, are those of the
 * paper's experiment, gated ones are those of its state learning. The paper prints no figures. What is expected are means of 30 runs of another
 * program of ours, with its own draws.
 */
import { defineStudy, type Expected, type StudySetting } from '../src/experiment/study.ts';
import { createBed } from '../src/experiment/test-bed/bed.ts';
import { LIKENESS, likeness } from '../src/experiment/test-bed/likeness.ts';
import { exactMetaGradient, learnedMetaGradient } from '../src/experiment/test-bed/meta-gradient.ts';
import { noted, SPARSITIES } from '../src/experiment/test-bed/noted.ts';

const COLUMNS = [
  { gate: 'feed-forward', alpha: 1e-2 },
  { gate: 'feed-forward', alpha: 1e-3 },
  { gate: 'accumulator', alpha: 1e-4 },
  { gate: 'sum', alpha: 1e-3 },
] as const;
type Columns = (typeof COLUMNS)[number];

const at = (columns: Columns, sparsity: number): StudySetting => ({ ...columns, sparsity });
const expect = (columns: Columns, measures: readonly string[], printed: Readonly<Record<number, string>>): Expected[] =>
  noted((sparsity) => at(columns, sparsity), measures, printed);
const [FAST, SLOW, ACCUMULATOR, GATED] = COLUMNS;

const EXPECTED: readonly Expected[] = [
  ...expect(FAST, ['alignment', 'absError', 'cosine', 'relativeL2'], {
    0: '.9980+-.0003 .0035 1.0000 .0138',
    0.1: '.9579 .0260 .9984 .054',
    0.5: '.8496 .103 .991 .128',
    1: '.7771 .172 .984 .175',
    4: '.6715 .449 .953 .295',
    16: '.652 1.20 .911 .404',
    23: '.6623 1.61 .8955 .436',
  }),
  ...expect(SLOW, ['alignment', 'cosine', 'relativeL2'], {
    0: '.9999 - .0019',
    0.1: '.954',
    1: '.761',
    4: '.659',
    23: '.648 .880',
  }),
  ...expect(ACCUMULATOR, ['alignment', 'cosine', 'relativeL2'], {
    0: '.977 .993 .18',
    0.1: '.927 .966',
    0.5: '.788 .851',
    1: '.707 .769',
    2: '.608 .604',
  }),
  ...expect(GATED, ['alignment', 'cosine', 'relativeL2'], {
    0: '.9990 - .008',
    0.1: '.953 .998',
    0.5: '.836 .990',
    1: '.767 .982',
    4: '.682 .952',
    23: '.681 .868',
  }),
];

const titleOf = ({ gate, alpha }: Columns): string =>
  `${gate === 'sum' ? 'Gated' : gate === 'accumulator' ? 'Accumulating' : 'Feed-forward'} columns, step size ${alpha}`;
const isOf =
  ({ gate, alpha }: Columns) =>
  (setting: StudySetting): boolean =>
    setting['gate'] === gate && setting['alpha'] === alpha;

export default defineStudy({
  question: 'How good are gradients through the updates of a head?',
  title: 'The columnar test-bed, meta-learning',
  cite: 'javed2021columnar',
  measures: LIKENESS,
  sweep: () => COLUMNS.flatMap((columns) => SPARSITIES.map((sparsity) => at(columns, sparsity))),
  seeds: (full) => (full ? 30 : 5),
  async measure({ gate, alpha, sparsity }, seed) {
    const bed = await createBed({ gate: String(gate), sparsity: Number(sparsity), seed });
    return likeness(await learnedMetaGradient(bed, Number(alpha)), exactMetaGradient(bed, Number(alpha)));
  },
  tables: COLUMNS.map((columns) => ({ title: titleOf(columns), where: isOf(columns) })),
  figures: (['alignment', 'cosine'] as const).map((measure) => ({
    kind: 'lines' as const,
    name: measure,
    title: 'The columnar test-bed, meta-learning',
    where: ({ alpha, gate, sparsity }: StudySetting) => (gate !== 'feed-forward' || alpha === 1e-2) && sparsity !== 0,
    measure,
    x: 'sparsity',
    xTitle: "lateral links, in units of a column's own features",
    by: 'gate',
    xScale: 'log' as const,
  })),
  expected: EXPECTED,
});
