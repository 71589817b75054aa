/** A report on the runs of an experiment, from disk alone. */
import { basename } from 'node:path';
import type { Experiment } from '../experiment/experiment.ts';
import { oneLine, UserError } from '../user-error.ts';
import { auditsBeside } from './audit-blocks.ts';
import { type Choice, choose } from './choose.ts';
import { type Comparison, compareMethods } from './compare.ts';
import { type CurveReader, curveReader } from './curves.ts';
import { detailPictures } from './detail-pictures.ts';
import { type Block, heading, list, table, text, warning } from './document.ts';
import { choiceTable, comparisonTable, methodTable } from './experiment-tables.ts';
import { MOST_METHODS, taskPictures } from './experiment-pictures.ts';
import { floorsOfTask } from './floors.ts';
import { byMean, type MethodRow, methodRow } from './method-row.ts';
import { fewestTokens } from './levels.ts';
import { type Method, methodsOf, type Overrides } from './methods.ts';
import { type MetricName, metricOf } from './metric.ts';
import { drawPictures, type PictureRequest } from './pictures.ts';
import { madeBlocks, madeOf } from './provenance-blocks.ts';
import { questionBlocks } from './question-table.ts';
import { readRuns } from './read-runs.ts';
import type { Report } from './report.ts';
import { answerLines } from './answer.ts';
import { experimentJson } from './experiment-json.ts';
import { freshSeedsNote } from './fresh-seeds.ts';
import { openReport } from './write-report.ts';
import { statusPicture } from './status-picture.ts';
import { missingBlocks, stateLine } from './state-blocks.ts';

export interface ExperimentNeeds extends Overrides {
  readonly name: string;
  readonly typed: string; // as commands take it: a name, or the path of a file
  readonly experiment: Experiment | null;
  readonly folder: string; // results/<experiment>
  readonly results: string; // the results folder
  readonly into: string; // of the report
  readonly metric: MetricName;
  readonly twoStage: boolean;
}

const MOST_TASKS = 6; // with pictures

export async function experimentReport(needs: ExperimentNeeds): Promise<Report> {
  const { name, experiment, folder } = needs;
  const all = readRuns(folder);
  openReport(folder); // not before there is something to report
  const curves = curveReader();
  const rows = rowsOf(methodsOf(all.settings, { ...needs, panels: experiment?.panels ?? [] }), needs, curves);
  refuseWithoutNumbers(rows, needs.metric);
  const comparisons = compareMethods(rows);
  const made = madeOf(all);
  const { score, problem } = scoreOf(experiment, rows);
  const question = experiment?.question ?? name;
  const state = await drawPictures(needs.into, statusPicture(all));
  const pictures = await pictureBlocks(needs, rows, curves);
  const audits = auditsBeside(needs.results, all);
  const blocks: Block[] = [
    ...(experiment === null ? [] : [text(`${experiment.title}: results/${basename(folder)}.`)]),
    stateLine(all),
    heading('Answer'),
    ...list(answerLines(score, tasksOf(rows).flat())),
    ...(problem === null ? [] : [warning(problem)]),
    ...tableBlocks(rows),
    ...questionBlocks(rows),
    ...choiceBlocks(rows, needs),
    ...comparisonBlocks(comparisons),
    heading('Pictures'),
    ...pictures,
    ...audits,
    ...missingBlocks(all, state),
    ...madeBlocks(made, folder, [...all.unreadable, ...curves.problems]),
  ];
  const json = experimentJson({ name, question, score, rows, comparisons, made, all });
  const terminal = tasksOf(rows).map((task) => {
    const { columns, rows: cells } = methodTable(task);
    return { title: task[0]!.method.task, columns, rows: cells };
  });
  return { document: { title: question, blocks }, json, tables: terminal };
}

function rowsOf(methods: readonly Method[], { metric, twoStage }: ExperimentNeeds, curves: CurveReader): MethodRow[] {
  const tokens = fewestTokens(methods);
  return methods.map((method) => {
    const measure = metricOf(metric, method.settings[0]!.setting, curves, tokens.get(method.task));
    return methodRow(method, measure, choose(method, measure, twoStage));
  });
}

/** What the experiment itself makes of the runs that are reported; of too few it may not be able to. */
function scoreOf(experiment: Experiment | null, rows: readonly MethodRow[]): Scored {
  const runs = rows.flatMap(({ choice }) => choice?.reported.map(({ run }) => run.result) ?? []);
  try {
    return { score: { ...experiment?.score(runs) }, problem: null };
  } catch (error) {
    return { score: {}, problem: `${oneLine('score these runs', error).message}.` };
  }
}

interface Scored {
  readonly score: Readonly<Record<string, number | null>>;
  readonly problem: string | null;
}

function refuseWithoutNumbers(rows: readonly MethodRow[], metric: MetricName): void {
  const isDone = rows.some(({ counts }) => counts.done > 0);
  if (metric === 'final' || !isDone || rows.some(({ choice }) => choice !== null)) return;
  const why = UNKNOWN[metric] ?? 'no run has left a curve';
  throw new UserError(`Cannot use --metric ${metric}: ${why}`);
}

const UNKNOWN: Readonly<Partial<Record<MetricName, string>>> = {
  explained: 'the error floors of the environment are not known',
  excess: 'the entropy rate of the environment is not known',
  level: 'no environment here has a curriculum of levels',
};

/** The rows of each task, the best method first. */
function tasksOf(rows: readonly MethodRow[]): MethodRow[][] {
  const tasks = [...new Set(rows.map(({ method }) => method.task))];
  return tasks.map((task) => rows.filter(({ method }) => method.task === task).sort(byMean));
}

function tableBlocks(rows: readonly MethodRow[]): Block[] {
  const tasks = tasksOf(rows);
  return [
    heading('Methods'),
    ...tasks.flatMap((task) => {
      const { columns, rows: cells } = methodTable(task);
      const { title, lower } = task[0]!.metric;
      const words = `${title.charAt(0).toUpperCase()}${title.slice(1)}; ${lower ? 'lower' : 'higher'} is better.`;
      return [...(tasks.length > 1 ? [heading(task[0]!.method.task, 3)] : []), text(words), table(columns, cells)];
    }),
    text(NOTES),
    ...fewSeeds(rows),
  ];
}

const NOTES =
  'The interval is of the mean, by Student’s t over seeds. IQM: mean of the middle half. ' +
  '90 % of runs: with 95 % confidence at least 90 % of all runs lie in it. Diverged runs are in no mean, they are ' +
  'counted; in comparisons they are worse than every other. Time is CPU time, environment and scoring included.';

/** A bootstrap of few values is too narrow: of the mean of 10 it covers 90 % instead of 95 %. Student's, of two, is no picture. */
function fewSeeds(rows: readonly MethodRow[]): Block[] {
  const isFew = rows.some(({ values }) => values.length > 1 && values.length < 10);
  return isFew ? [text(FEW)] : [];
}

const FEW =
  'Bands and bars in the pictures are bootstrap intervals, which are too narrow with fewer than ten seeds: trust the table.';

function choiceBlocks(rows: readonly MethodRow[], needs: ExperimentNeeds): Block[] {
  const tuned = rows.filter((row): row is MethodRow & { choice: Choice } => (row.choice?.tuning.length ?? 0) > 0);
  if (tuned.length === 0) return [];
  const { columns, rows: cells } = choiceTable(tuned);
  return [
    heading('How settings were chosen'),
    text(
      'The best of many settings is in part the luckiest: by the seeds that it was chosen by it looks better than it is. ' +
        'So it is reported on others.',
    ),
    table(columns, cells),
    ...freshSeedsNote(needs.experiment === null ? null : needs.typed, tuned),
  ];
}

function comparisonBlocks(comparisons: readonly Comparison[]): Block[] {
  if (comparisons.length === 0) return [];
  const { columns, rows } = comparisonTable(comparisons);
  return [
    heading('Comparisons'),
    table(columns, rows),
    text(
      'How often a run of one method does better than a run of the other, with its bootstrap interval, and the p-value of ' +
        'the Mann-Whitney test after Holm’s correction for all comparisons of this table.',
    ),
  ];
}

async function pictureBlocks(
  { experiment, name, into }: ExperimentNeeds,
  rows: readonly MethodRow[],
  curves: CurveReader,
) {
  const tasks = tasksOf(rows);
  const blocks: Block[] = [];
  for (const [i, task] of tasks.slice(0, MOST_TASKS).entries()) {
    const title = [experiment?.title ?? name, ...(tasks.length > 1 ? [task[0]!.method.task] : [])].join(', ');
    const suffix = tasks.length > 1 ? `-${i + 1}` : '';
    const floors = await floorsOfTask(task[0]!.method.settings[0]!.setting);
    if (tasks.length > 1) blocks.push(heading(task[0]!.method.task, 3));
    if (task.length > MOST_METHODS) blocks.push(text(`The best ${MOST_METHODS} of ${task.length} methods are drawn.`));
    const requests: PictureRequest[] = [
      ...taskPictures({ title, suffix, rows: task, references: floors.lines, curves }),
      ...detailPictures(task, title, suffix),
    ];
    blocks.push(...(await drawPictures(into, requests)), ...floors.problems.map(warning));
  }
  if (tasks.length > MOST_TASKS) blocks.push(text(`${tasks.length - MOST_TASKS} more tasks are in the table alone.`));
  return blocks;
}
