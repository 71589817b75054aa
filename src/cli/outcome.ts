/** What a person sees at the end: written to disk first, then shown. */
import { join, relative } from 'node:path';
import type { RunResult } from '../run/result.ts';
import { type SummaryNeeds, writeSummary } from '../run/summary.ts';
import { printJson } from './print-json.ts';

interface Ending extends SummaryNeeds {
  readonly stopped: boolean;
  readonly json: boolean;
}

export async function printOutcome(ending: Ending): Promise<void> {
  const { stopped, json, folder } = ending;
  const results = ending.outcomes.map(({ result }) => result);
  const failed = results.filter(({ status }) => status === 'failed');
  if (results.length > failed.length) {
    const { table, svg } = await writeSummary(ending);
    if (!json) {
      console.log(`\n${table}\n`);
      if (svg !== null) console.log(`curves   ${show(svg)}`);
      console.log(`table    ${show(join(folder, 'summary.md'))}`);
      const [only] = results.length === 1 ? results : [];
      console.log(only ? `run      ${show(only.folder)}/` : `runs     ${show(folder)}/<setting>/<seed>/`);
    }
  }
  if (json) printJson(results.map(plain));
  for (const line of new Set(failed.map(({ error }) => error))) console.error(`agent-state: ${line}`);
  if (!json) for (const result of results) remark(result);
  if (failed.length > 0) process.exitCode = 2;
  else if (stopped) process.exitCode = 130;
}

/** One line on whatever a table cannot say. */
function remark({ agent, seed, status, steps, diverged, msre, folder, return: earned = null }: RunResult): void {
  const who = `agent-state: ${agent} with seed ${seed}`;
  if (status === 'interrupted')
    console.error(`agent-state: interrupted; go on with: agent-state resume ${show(folder)}`);
  if (status === 'diverged') console.error(`${who} diverged at step ${steps} (${diverged}); try a smaller step size`);
  if (status === 'done' && msre === null && earned === null)
    console.error(`${who}: nothing could be scored, the run is too short`);
}

/** The documented fields of `run --json`. */
function plain({
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
}: RunResult) {
  const earnings = earned === undefined ? {} : { return: earned, success };
  const figures = { nsPerStep, msre, explained, ...earnings, parameters, macsPerStep };
  return { folder, agent, env, seed, status, steps, ...figures, diverged, error };
}

const show = (path: string): string => relative(process.cwd(), path) || '.';
