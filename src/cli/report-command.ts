/** agent-state report: what an experiment, a study or audits have found, from disk alone. */
import { existsSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import type { Experiment } from '../experiment/experiment.ts';
import { textTable } from '../plots/table.ts';
import { isPath, listFolder } from '../registry.ts';
import { auditReport } from '../report/audit-report.ts';
import { experimentReport } from '../report/experiment-report.ts';
import { parseMetric } from '../report/metric.ts';
import type { Report } from '../report/report.ts';
import { studyReport } from '../report/study-report.ts';
import { reportFolder, writeReport } from '../report/write-report.ts';
import { isStudyLoaded, loadExperiment, type LoadedExperiment } from '../run/load-experiment.ts';
import { UserError } from '../user-error.ts';
import { printJson } from './print-json.ts';

export interface ReportOptions {
  readonly results: string;
  readonly metric?: string; // unless said the experiment's own, or final
  readonly tune?: string;
  readonly keep?: string;
  readonly twoStage: boolean;
  readonly json?: boolean;
}

export async function reportCommand(given: string, asked: ReportOptions): Promise<void> {
  const { typed, options } = isResultsFolder(given) // as a shell completes it
    ? { typed: basename(resolve(given)), options: { ...asked, results: dirname(resolve(given)) } }
    : { typed: given, options: asked };
  const loaded = await known(typed);
  const name = loaded?.name ?? typed;
  const folder = resolve(options.results, name);
  if (!existsSync(folder)) {
    throw new UserError(`Cannot report ${name}: there is nothing in ${show(folder)}; ${remedy(loaded)}`);
  }
  const into = reportFolder(folder);
  const report = await reportOf({ typed, name, folder, into }, loaded, options);
  const { html, markdown, pictures } = writeReport(into, report);
  if (options.json) return printJson(report.json);
  console.log(report.document.title);
  for (const { title, columns, rows } of report.tables) console.log(`\n${title}\n\n${textTable(columns, rows)}`);
  console.log('');
  for (const remark of remarks(report)) console.error(`agent-state: ${remark}`);
  if (pictures.length > 0) console.log(`pictures ${pictures.length}, in ${show(into)}/`);
  console.log(`text     ${show(markdown)}`);
  console.log(`report   ${show(html)}`);
}

/** results/<experiment>, and no file of an experiment. */
function isResultsFolder(path: string): boolean {
  return /[\\/]/.test(path) && (statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false);
}

interface Place {
  readonly typed: string;
  readonly name: string;
  readonly folder: string;
  readonly into: string;
}

async function reportOf(place: Place, loaded: LoadedExperiment | null, options: ReportOptions): Promise<Report> {
  if (loaded !== null && isStudyLoaded(loaded)) {
    const flag = options.metric !== undefined ? '--metric' : options.tune ? '--tune' : options.keep ? '--keep' : null;
    if (flag !== null)
      throw new UserError(`Cannot use ${flag}: ${place.name} is a study of its own, with its own measures`);
    return studyReport({ ...place, study: loaded.experiment, twoStage: options.twoStage });
  }
  const audits = place.name === 'audit' ? auditReport(place.folder) : null;
  if (audits !== null) return audits;
  const experiment = loaded === null ? null : (loaded.experiment as Experiment);
  return experimentReport({
    ...place,
    experiment,
    results: resolve(options.results),
    metric: parseMetric(options.metric ?? experiment?.metric ?? 'final'),
    tune: keys(options.tune),
    keep: keys(options.keep),
    twoStage: options.twoStage,
  });
}

/** null: an agent in an environment, or whatever else lies in the results folder under this name. */
async function known(typed: string): Promise<LoadedExperiment | null> {
  const isNamed = isPath(typed) || typed.endsWith('.json') || listFolder('../experiments').includes(typed);
  return isNamed ? loadExperiment(typed) : null;
}

function remedy(loaded: LoadedExperiment | null): string {
  if (loaded !== null) return `agent-state run ${loaded.name} fills it`;
  return 'agent-state list experiments names what can be run, --results says where to look';
}

const keys = (text: string | undefined): string[] => text?.split(',').filter((key) => key !== '') ?? [];

/** What must not be overlooked. */
const remarks = ({ document }: Report): string[] =>
  document.blocks.flatMap((block) => (block.kind === 'warning' ? [block.text] : []));

const show = (path: string): string => relative(process.cwd(), path) || join('.');
