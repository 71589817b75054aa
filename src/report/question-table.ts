/** What a horde's error is the mean of: every question, method by method. */
import { mean } from '../statistics/mean.ts';
import { type Block, heading, table, text } from './document.ts';
import { byMean, type MethodRow } from './method-row.ts';
import { figure } from './show.ts';

const MOST = 40; // questions

/** Nothing where no agent asks questions of its own. */
export function questionBlocks(rows: readonly MethodRow[]): Block[] {
  const asked = rows.filter((row) => namesOf(row).length > 0).sort(byMean);
  if (asked.length === 0) return [];
  const names = [...new Set(asked.flatMap(namesOf))];
  const columns = asked.map(({ method }) => ({ title: method.name, align: 'right' as const }));
  const cells = names.slice(0, MOST).map((name) => [name, ...asked.map((row) => figure(errorOf(row, name)))]);
  const more = names.length - MOST;
  return [
    heading('Questions'),
    text('Final mean squared error of each question, mean over the reported seeds.'),
    table([{ title: 'question' }, ...columns], cells),
    ...(more > 0 ? [text(`${more} more questions are in run.json.`)] : []),
  ];
}

const doneRuns = ({ choice }: MethodRow) =>
  choice?.reported.map(({ run }) => run.result).filter(({ status }) => status === 'done') ?? [];

const namesOf = (row: MethodRow): string[] => Object.keys(doneRuns(row)[0]?.questions ?? {});

const errorOf = (row: MethodRow, name: string): number =>
  mean(doneRuns(row).flatMap(({ questions }) => questions?.[name] ?? []));
