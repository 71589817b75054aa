/** All runs of an experiment in one table and one picture: summary.md, summary.json, curves.vl.json, curves.svg. */
import { join } from 'node:path';
import { createRng } from '@rl-tools/envs';
import type { Experiment } from '../experiment/experiment.ts';
import type { CurveSeries } from '../plots/curve-points.ts';
import { learningCurves } from '../plots/learning-curves.ts';
import { markdownTable, textTable } from '../plots/table.ts';
import { writePlot } from '../plots/write-plot.ts';
import type { ReferenceLine } from '../plots/y-domain.ts';
import { atomicWrite } from '../results/atomic-write.ts';
import { makeFolder } from '../results/make-folder.ts';
import { readMetrics } from '../results/metrics-file.ts';
import { figureFor, figureOf } from './figure.ts';
import type { Outcome } from './pool.ts';
import { referenceLines } from './result.ts';
import type { Setting } from './setting.ts';
import { settingLabels } from './setting-labels.ts';
import { type SettingRuns, summaryColumns, summaryRow } from './summary-row.ts';
import { loadWorld } from './world.ts';

export interface SummaryNeeds {
  readonly name: string;
  readonly experiment: Experiment | null;
  readonly folder: string; // results/<experiment>
  readonly outcomes: readonly Outcome[];
}

export async function writeSummary(needs: SummaryNeeds): Promise<{ table: string; svg: string | null }> {
  const { name, experiment, folder, outcomes } = needs;
  makeFolder(folder);
  const groups = bySetting(outcomes);
  const rows = groups.map(summaryRow);
  const results = outcomes.map(({ result }) => result);
  const columns = summaryColumns(outcomes[0]!.job.setting.target, results);
  const question = experiment?.question ?? name;
  const summary = { experiment: name, question, score: experiment?.score(results) ?? {}, results };
  atomicWrite(join(folder, 'summary.json'), `${JSON.stringify(summary, null, 2)}\n`);
  atomicWrite(join(folder, 'summary.md'), `# ${question}\n\n${markdownTable(columns, rows)}\n`);
  const shown = rows.slice(0, MOST_ROWS);
  const rest = rows.length > shown.length ? [`... and ${rows.length - shown.length} more settings`] : [];
  return { table: [textTable(columns, shown), ...rest].join('\n'), svg: await drawCurves(needs, groups) };
}

const MOST_ROWS = 40; // of a table on a terminal; all of them are in the file
const MOST_CURVES = 14; // that an eye can tell apart; a report draws the chosen ones of more

function bySetting(outcomes: readonly Outcome[]): SettingRuns[] {
  const settings = [...new Set(outcomes.map(({ job }) => job.setting))];
  const labels = settingLabels(settings);
  return settings.map((setting, i) => {
    const runs = outcomes.filter(({ job }) => job.setting === setting).map(({ result }) => result);
    return { label: labels[i]!, setting, runs };
  });
}

/** null where no run got as far as one line of metrics, and where there are too many. */
async function drawCurves(
  { name, experiment, folder }: SummaryNeeds,
  groups: readonly SettingRuns[],
): Promise<string | null> {
  if (groups.length > MOST_CURVES) return null;
  const series = groups.map(curvesOf).filter(({ steps }) => steps.length > 0);
  if (series.length === 0) return null;
  const spec = learningCurves({
    title: experiment?.title ?? name,
    xTitle: 'steps',
    yTitle: figureFor(groups[0]!.setting.target).title,
    series,
    references: await references(groups[0]!.setting),
    rng: createRng(`${name}/bootstrap`),
  });
  return (await writePlot(join(folder, 'curves'), spec)).svg;
}

/** One curve per seed on the grid of the longest; NaN where a run ended early. */
function curvesOf({ label, runs }: SettingRuns): CurveSeries {
  const perSeed = runs.map(({ folder }) => readMetrics(`${folder}/metrics.jsonl`));
  const steps = [...new Set(perSeed.flatMap((rows) => rows.map(({ step }) => step)))].sort((a, b) => a - b);
  const values = perSeed.map((rows) => {
    const at = new Map(rows.map((row) => [row.step, figureOf(row) ?? NaN]));
    return steps.map((step) => at.get(step) ?? NaN);
  });
  return { name: label, steps, values };
}

/** What the environment knows of its reference predictors, where it belongs to the target that was scored. */
async function references(setting: Setting): Promise<ReferenceLine[]> {
  const env = (await loadWorld(setting.env)).make();
  const lines = referenceLines(setting, env.metadata);
  env.close();
  return lines;
}
