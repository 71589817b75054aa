/** What a person sees at the end: written to disk first, then shown. */
import { dirname, join, relative, resolve } from 'node:path';
import type { RunResult } from '../run/result.ts';
import { textTable } from '../plots/table.ts';
import { mean } from '../statistics/mean.ts';
import { type SummaryNeeds, writeSummary } from '../run/summary.ts';
import { printJson } from './print-json.ts';

interface Ending extends SummaryNeeds {
  readonly stopped: boolean;
  readonly json: boolean;
  readonly runs: string; // results/<experiment>, where they lie
  readonly again?: string; // the command that goes on with all of it
}

export async function printOutcome(ending: Ending): Promise<void> {
  const { stopped, json, folder } = ending;
  const results = ending.outcomes.map(({ result }) => result);
  const failed = results.filter(({ status }) => status === 'failed');
  if (results.length > failed.length) {
    const { table, svg } = await writeSummary(ending);
    if (!json) {
      console.log(`\n${table}\n`);
      for (const lines of questionTables(ending.outcomes)) console.log(`${lines}\n`);
      if (svg !== null) console.log(`curves   ${show(svg)}`);
      console.log(`table    ${show(join(folder, 'summary.md'))}`);
      const [only] = results.length === 1 ? results : [];
      console.log(only ? `run      ${show(only.folder)}/` : `runs     ${show(ending.runs)}/<setting>/<seed>/`);
      if (!only) console.log(`report   agent-state report ${ending.name}${resultsFlag(dirname(ending.runs))}`);
    }
  }
  if (json) printJson(results.map(plain));
  for (const line of new Set(failed.map(({ error }) => error))) console.error(`agent-state: ${line}`);
  if (!json) remarks(results, ending.again);
  if (failed.length > 0) process.exitCode = 2;
  else if (stopped) process.exitCode = 130;
}

/** What a horde's error is the mean of, setting by setting: over the seeds that finished. */
function questionTables(outcomes: SummaryNeeds['outcomes']): string[] {
  const settings = [...new Set(outcomes.map(({ job }) => job.setting))];
  return settings.flatMap((setting) => {
    const runs = outcomes.filter(({ job, result }) => job.setting === setting && result.status === 'done');
    const names = Object.keys(runs[0]?.result.questions ?? {});
    if (names.length === 0) return [];
    const rows = names.map((name) => {
      const errors = runs.flatMap(({ result }) => result.questions?.[name] ?? []);
      return [name, errors.length === 0 ? '-' : mean(errors).toPrecision(3)];
    });
    const shown = rows.slice(0, MOST_QUESTIONS);
    const rest = rows.length - shown.length;
    const table = textTable([{ title: setting.agent.id }, { title: 'error', align: 'right' }], shown);
    return [rest > 0 ? `${table}\n... and ${rest} more questions: run.json` : table];
  });
}

const MOST_QUESTIONS = 30;

const MOST_REMARKS = 10;

function remarks(results: readonly RunResult[], again: string | undefined): void {
  const lines = results.flatMap((result) => remark(result, again) ?? []);
  const interrupted = results.some(({ status, error }) => status === 'interrupted' && error === null);
  if (again !== undefined && interrupted) lines.unshift(`agent-state: interrupted; go on with: ${again}`);
  for (const line of lines.slice(0, MOST_REMARKS)) console.error(line);
  if (lines.length > MOST_REMARKS) console.error(`agent-state: ... and ${lines.length - MOST_REMARKS} more like these`);
}

/** One line on what a table cannot say; null where there is nothing. */
function remark(result: RunResult, again: string | undefined): string | null {
  const { agent, seed, status, steps, diverged, msre, folder, return: earned = null, bits = null } = result;
  const who = `agent-state: ${agent} with seed ${seed}`;
  if (status === 'interrupted' && again === undefined) {
    return `agent-state: interrupted; go on with: agent-state resume ${show(folder)}`;
  }
  if (status === 'diverged') return `${who} diverged at step ${steps} (${diverged}); try a smaller step size`;
  const unscored = status === 'done' && msre === null && earned === null && bits === null;
  return unscored ? `${who}: nothing could be scored, the run is too short` : null;
}

/** The documented fields of `run --json`. */
export function plain({
  folder,
  agent,
  env,
  seed,
  status,
  steps,
  nsPerStep,
  msre,
  explained,
  parameters,
  macsPerStep,
  diverged,
  error,
  return: earned,
  success,
  bits,
  excess,
  tokens,
  level,
  solved,
  questions,
}: RunResult) {
  const earnings = earned === undefined ? {} : { return: earned, success };
  const figures = {
    nsPerStep,
    msre,
    explained,
    ...(questions ? { questions } : {}),
    ...earnings,
    ...(bits === undefined ? {} : { bits }),
    ...(excess === undefined ? {} : { excess }),
    ...(tokens === undefined ? {} : { tokens }),
    ...(level === undefined ? {} : { level, solved }),
    parameters,
    macsPerStep,
  };
  return { folder, agent, env, seed, status, steps, ...figures, diverged, error };
}

/** The results folder, where it is not the usual one. */
const resultsFlag = (results: string): string => (results === resolve('results') ? '' : ` --results ${show(results)}`);

const show = (path: string): string => relative(process.cwd(), path) || '.';
