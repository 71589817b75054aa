/** A report on a study: its tables with intervals, its figures, and where the numbers come from. */
import { basename } from 'node:path';
import type { Study, StudyTable } from '../experiment/study.ts';
import type { Column } from '../plots/table.ts';
import { drawFigures } from '../run/study-figures.ts';
import { rowsOf, type StudyRow } from '../run/study-rows.ts';
import { type Line, sourcesOf, tabulate } from '../run/study-summary.ts';
import { tInterval } from '../statistics/t-interval.ts';
import { type Block, code, heading, list, table, text, warning } from './document.ts';
import { pictureOf } from './pictures.ts';
import { machineOf, seedRanges, versionsOf } from './provenance-blocks.ts';
import type { Report } from './report.ts';
import { finite, finiteInterval, figure, interval } from './show.ts';
import { type FreshEstimate, freshEstimates } from './study-fresh.ts';
import { openReport } from './write-report.ts';
import { readStudy, type StudyData } from './study-data.ts';

export interface StudyNeeds {
  readonly name: string;
  readonly study: Study;
  readonly folder: string;
  readonly into: string;
  readonly twoStage: boolean;
}

export async function studyReport(needs: StudyNeeds): Promise<Report> {
  const { name, study, folder, into } = needs;
  const data = readStudy(name, study, folder);
  openReport(folder); // not before there is something to report
  const rows = rowsOf(data.measured, Object.keys(study.measures));
  const tables = (study.tables ?? [{ title: study.title }]).flatMap((one) => tableOf(one, study, rows, data, needs));
  const drawn = await drawFigures(study, rows, into);
  const blocks: Block[] = [
    text(`${study.title}, ${data.size}. Source: ${study.cite} in docs/references.bib.`),
    ...stateOf(data),
    heading('Answer'),
    ...tables.flatMap(({ title, columns, cells }) => [heading(title, 3), table(columns, cells)]),
    text(NOTES),
    ...(tables.some(({ fresh }) => fresh.length > 0) ? [text(TWO_STAGE)] : []),
    ...sourcesOf(tables.flatMap(({ lines }) => lines)).map((line) => text(line.trim())),
    ...(study.figures.length > 0 ? [heading('Pictures')] : []),
    ...study.figures.map((one) => figureOf(one.name, one.title, drawn)),
    ...madeOf(name, data),
  ];
  const terminal = tables.map(({ title, columns, cells }) => ({ title, columns, rows: cells }));
  return { document: { title: study.question, blocks }, json: jsonOf(needs, data, tables), tables: terminal };
}

const NOTES =
  '95 % interval: Student’s t over seeds. A row in which a seed diverged has no mean: averaging the others would flatter it.';
const TWO_STAGE =
  'On other seeds: the best setting by the lower half of the seeds, and its mean on the rest. The best of all is in part ' +
  'the luckiest, so its own mean is a little too good.';

interface Tabled {
  readonly title: string;
  readonly columns: readonly Column[];
  readonly cells: readonly (readonly string[])[];
  readonly lines: readonly Line[];
  readonly fresh: readonly (FreshEstimate | null)[]; // by line; empty where nothing was chosen
}

/** The study's own table, with an interval beside the standard error and, where it shows the best, fresh seeds. */
function tableOf(
  given: StudyTable,
  study: Study,
  rows: readonly StudyRow[],
  data: StudyData,
  { twoStage }: StudyNeeds,
): Tabled[] {
  return tabulate(given, study, rows).map(({ title, columns, cells, lines }): Tabled => {
    const at = columns.findIndex((column) => column.title === 's.e.') + 1;
    const fresh = given.best === undefined || !twoStage ? [] : freshEstimates(lines, given, data.measured);
    const added: (Column & { readonly cell: (i: number) => string })[] = [
      { title: '95 % interval', align: 'right', cell: (i) => interval(tOf(lines[i]!), 4) },
      ...(fresh.length === 0
        ? []
        : [
            {
              title: `${given.best} by half`,
              align: 'right',
              cell: (i: number) => String(fresh[i]?.at ?? '-'),
            } as const,
            { title: 'on other seeds', align: 'right', cell: (i: number) => showFresh(fresh[i]) } as const,
          ]),
    ];
    return {
      title,
      columns: [...columns.slice(0, at), ...added, ...columns.slice(at)],
      cells: cells.map((row, i) => [...row.slice(0, at), ...added.map(({ cell }) => cell(i)), ...row.slice(at)]),
      lines,
      fresh,
    };
  });
}

const tOf = ({ row, measure }: Line) => tInterval(row.samples[measure] ?? []);

const showFresh = (one: FreshEstimate | null | undefined): string => {
  if (!one) return '-';
  return one.diverged > 0 ? `${one.diverged} of ${one.n} diverged` : `${figure(one.mean, 4)} (${interval(one.t, 4)})`;
};

function stateOf({ missing, left, isPresent, measured }: StudyData): Block[] {
  return [
    text(`${measured.length} measurements, seeds ${seedRanges(measured.map(({ seed }) => seed))}.`),
    ...(missing > 0
      ? [warning(`Not all has been measured: ${missing} settings are missing; the same command measures the rest.`)]
      : []),
    ...(left > 0 ? [text(`${left} more measurements are of other settings, and not in this report.`)] : []),
    ...(isPresent
      ? []
      : [warning('Measured by another state of the code than the present one: measure anew to be sure.')]),
  ];
}

function figureOf(name: string, title: string, drawn: readonly string[]): Block {
  const path = drawn.find((one) => basename(one) === `${name}.svg`);
  return path === undefined
    ? text(`Left out, ${title}: there is no finite point.`)
    : pictureOf(path, `${name}.svg`, title);
}

function madeOf(name: string, { code: hash, made }: StudyData): Block[] {
  const { git, versions, host, argv } = made;
  const lines = [
    `code: ${hash}`,
    ...(git ? [`commit: ${git.commit.slice(0, 10)}${git.dirty ? ' and changes to it' : ''}`] : []),
    ...(versions ? [`versions: ${versionsOf(versions)}`] : []),
    ...(host ? [`machine: ${machineOf(host)}`] : []),
  ];
  const typed = argv ? argv.slice(2).join(' ') : `run ${name}`;
  return [
    heading('How it was made'),
    ...list(lines),
    text('The last command that measured:'),
    ...code([`agent-state ${typed}`]),
  ];
}

function jsonOf(
  { name, study }: StudyNeeds,
  { code: hash, isPresent, missing, made }: StudyData,
  tables: readonly Tabled[],
) {
  return {
    study: name,
    question: study.question,
    cite: study.cite,
    code: hash,
    isPresentCode: isPresent,
    missing,
    made,
    tables: tables.map(({ title, lines, fresh }) => ({
      title,
      rows: lines.map((line, i) => ({
        ...line.row.setting,
        ...line.row.at,
        measure: line.measure,
        mean: finite(line.estimate.mean),
        error: finite(line.estimate.error),
        t: finiteInterval(tOf(line)),
        n: line.estimate.n,
        diverged: line.estimate.diverged,
        ...(fresh[i] ? { fresh: { ...fresh[i], mean: finite(fresh[i].mean), t: finiteInterval(fresh[i].t) } } : {}),
      })),
    })),
  };
}
