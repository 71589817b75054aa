/** The tables of a report on runs, as text. */
import type { Column } from '../plots/table.ts';
import type { Comparison } from './compare.ts';
import { showCounts } from './counts.ts';
import type { MethodRow } from './method-row.ts';
import { seedRanges } from './provenance-blocks.ts';
import { figure, interval, percent, probability, whole } from './show.ts';

export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
}

type Cells = Column & { readonly cell: (row: MethodRow) => string };
const right = (title: string, cell: Cells['cell']): Cells => ({ title, align: 'right', cell });

export function methodTable(rows: readonly MethodRow[]): Table {
  const any = (of: (row: MethodRow) => boolean): boolean => rows.some(of);
  const columns: Cells[] = [
    { title: 'method', cell: ({ method }) => method.short },
    ...(any(({ chosen }) => chosen !== '')
      ? [{ title: 'setting', cell: ({ chosen }: MethodRow) => chosen || '-' }]
      : []),
    right('mean', (row) => figure(row.mean)),
    right('95 % interval', (row) => interval(row.t)),
    right('IQM', (row) => figure(row.iqm)),
    right('90 % of runs', ({ tolerance, values }) =>
      values.length > 0 && values.length < tolerance.needs
        ? `- (${tolerance.needs} seeds needed)`
        : interval(tolerance),
    ),
    ...(any(({ explained }) => Number.isFinite(explained))
      ? [right('explained', (row) => percent(row.explained))]
      : []),
    ...(any(({ success }) => Number.isFinite(success)) ? [right('success', (row) => percent(row.success))] : []),
    ...(any(({ excess }) => Number.isFinite(excess)) ? [right('excess', (row) => figure(row.excess))] : []),
    ...(any(({ solved }) => Number.isFinite(solved)) ? [right('solved', (row) => figure(row.solved))] : []),
    right('us/step', ({ usPerStep }) => (Number.isFinite(usPerStep) ? usPerStep.toFixed(1) : '-')),
    right('parameters', ({ parameters }) => whole(parameters)),
    right('multiply-adds', ({ macsPerStep }) => whole(macsPerStep)),
    right('seeds', seedsOf),
  ];
  return { columns, rows: rows.map((row) => columns.map(({ cell }) => cell(row))) };
}

/** Of the figure: those it is the mean of, and those that diverged; then what the setting still lacks. */
function seedsOf({ values, diverged, counts }: MethodRow): string {
  const { failed, unfinished, missing } = counts;
  return showCounts({ done: values.length - diverged, diverged, failed, unfinished, missing }).replace(
    /^(\d+) done$/,
    '$1',
  );
}

/** What was chosen, by which seeds, and what remained of it on others. */
export function choiceTable(rows: readonly MethodRow[]): Table {
  const columns: Cells[] = [
    { title: 'method', cell: ({ method }) => method.name },
    right('settings', ({ choice, method }) => `${choice!.candidates} of ${method.settings.length}`),
    { title: 'chosen', cell: ({ chosen, choice }) => `${chosen} (${choice!.setting.hash})` },
    { title: 'chosen by seeds', cell: ({ choice }) => seedRanges(choice!.tuning.map(({ run }) => run.seed)) },
    right('mean on these', ({ tuningMean }) => figure(tuningMean)),
    {
      title: 'reported on seeds',
      cell: ({ choice }) =>
        choice!.how === 'same' ? 'the same' : seedRanges(choice!.reported.map(({ run }) => run.seed)),
    },
    right('mean on those', (row) => (row.choice!.how === 'same' ? '-' : figure(row.mean))),
  ];
  return { columns, rows: rows.map((row) => columns.map(({ cell }) => cell(row))) };
}

export function comparisonTable(comparisons: readonly Comparison[]): Table {
  const several = new Set(comparisons.map(({ task }) => task)).size > 1;
  const columns: (Column & { readonly cell: (one: Comparison) => string })[] = [
    ...(several ? [{ title: 'task', cell: ({ task }: Comparison) => task }] : []),
    { title: 'a run of', cell: ({ better }) => better },
    { title: 'does better than one of', cell: ({ worse }) => worse },
    { title: 'with probability', align: 'right', cell: ({ improvement }) => figure(improvement.probability) },
    { title: '95 % interval', align: 'right', cell: ({ improvement }) => interval(improvement) },
    { title: 'p (Mann-Whitney, Holm)', align: 'right', cell: ({ corrected }) => probability(corrected) },
  ];
  return { columns, rows: comparisons.map((one) => columns.map(({ cell }) => cell(one))) };
}
