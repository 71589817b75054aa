/** agent-state status: where every run of an experiment's sweeps stands, a line per setting, a sign per seed. */
import { basename, join, resolve } from 'node:path';
import { slurmState } from '../cluster/slurm-state.ts';
import { slurmText } from '../cluster/slurm-text.ts';
import { listPlans, readPlan, type SweepPlan } from '../results/sweep-plan.ts';
import { type PlannedState, type PlannedStatus, planStates } from '../run/plan-states.ts';
import { UserError } from '../user-error.ts';
import { printJson } from './print-json.ts';
import { countsText, counted, countStates } from './sweep-text.ts';

export const SIGNS: Readonly<Record<PlannedStatus, string>> = {
  done: '#',
  diverged: 'x',
  running: '>',
  interrupted: '=',
  failed: '!',
  damaged: '?',
  missing: '.',
};
const MOST_SEEDS = 100; // signs on a line; of more, numbers
const MOST_SETTINGS = 40; // lines; of more, those that are not done

export async function statusCommand(name: string, { results, json = false }: { results: string; json?: boolean }) {
  const folder = resolve(results, basename(name).replace(/\.(?:[cm]?[jt]s|json)$/, ''));
  const paths = listPlans(folder);
  if (paths.length === 0) {
    throw new UserError(
      `Cannot tell the status of ${name}: no sweep was planned in ${results}; agent-state sweep ${name}`,
    );
  }
  const sweeps = paths.map((path) => {
    const plan = readPlan(path);
    return { path, plan, states: planStates(plan, folder) };
  });
  const slurm = await slurmState(join(folder, 'slurm'));
  if (json) {
    const told = sweeps.map(({ path, plan, states }) => ({
      plan: path,
      ...countStates(states),
      runs: plainly(states),
      slurm: slurm.submissions.filter(({ jobs }) => jobs.plan === plan.id).flatMap(({ tasks }) => tasks),
    }));
    return printJson(told);
  }
  const texts = sweeps.map(({ plan, states }) => [statusText(plan, states), ...slurmText(slurm, plan.id)].join('\n'));
  console.log(texts.join('\n\n'));
}

export function statusText(plan: SweepPlan, states: readonly PlannedState[]): string {
  const { settings, seeds } = plan;
  const rows = settings.map((setting, i) => ({
    label: setting.label,
    states: states.filter((_, index) => index % settings.length === i),
  }));
  const open = rows.filter((row) => row.states.some(({ status }) => status !== 'done'));
  const shown = rows.length <= MOST_SETTINGS ? rows : open.slice(0, MOST_SETTINGS);
  const width = Math.max(0, ...shown.map(({ label }) => label.length));
  const lines = shown.map((row) => {
    const signs =
      seeds.length > MOST_SEEDS ? countsText(row.states) : row.states.map((one) => SIGNS[one.status]).join('');
    return `${row.label.padEnd(width)}  ${signs}`;
  });
  const rest = rows.length - shown.length;
  const size = `${counted(settings.length, 'setting')} x ${counted(seeds.length, 'seed')}`;
  return [
    `${plan.experiment} sweep ${plan.id}: ${size}: ${countsText(states)}`,
    ...lines,
    ...(rest > 0 ? [`... and ${rest} more settings, ${rows.length - open.length} of all are done`] : []),
    ...(seeds.length > MOST_SEEDS ? [] : [legend(states)]),
  ].join('\n');
}

function legend(states: readonly PlannedState[]): string {
  const counts = countStates(states);
  const present = (Object.keys(SIGNS) as PlannedStatus[]).filter((status) => counts[status] > 0);
  return present.map((status) => `${SIGNS[status]} ${status}`).join('  ');
}

function plainly(states: readonly PlannedState[]) {
  return states.map(({ setting, seed, status, folder }) => ({
    label: setting.label,
    setting: setting.hash,
    seed,
    status,
    folder,
  }));
}
