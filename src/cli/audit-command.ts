/** agent-state audit: an agent learns, and other estimators say beside it what they would have done. */
import { basename, join, relative } from 'node:path';
import { loadAgent } from '../agent-by-name.ts';
import { REFERENCES } from '../audit/choose-reference.ts';
import { merge } from '../merge.ts';
import { isPath } from '../registry.ts';
import { auditEntries } from '../run/audit-entries.ts';
import { type Audit, prepareAudit } from '../run/audit-one.ts';
import type { RunJob } from '../run/run-job.ts';
import { type AuditResult, referenceText } from '../run/audit-report.ts';
import { type AuditJob, startAudit } from '../run/start-audit.ts';
import { resolveSetting, type Setting } from '../run/setting.ts';
import { UserError } from '../user-error.ts';
import { wholeNumber } from './numbers.ts';
import { parseOverrides } from './overrides.ts';
import { printJson } from './print-json.ts';
import { createProgress } from './progress.ts';

export interface AuditCommandOptions {
  readonly agent?: string;
  readonly env?: string;
  readonly steps: string;
  readonly seed: string;
  readonly estimators: string;
  readonly reference: string;
  readonly budget: string;
  readonly stretch: string;
  readonly set: readonly string[];
  readonly results: string;
  readonly json?: boolean;
}

export async function auditCommand(options: AuditCommandOptions): Promise<void> {
  const { json = false } = options;
  const job = await jobOf(options);
  const audit = await prepareAudit(job);
  const shown: RunJob = { experiment: 'audit', setting: job.setting, seed: job.seed, results: job.results };
  const progress = createProgress([shown], process.stderr, json);
  const { stop, release } = stopAtSignal();
  let result: AuditResult;
  try {
    result = await startAudit(audit, job, {
      stop,
      onBegin: () => {
        if (!json) introduce(audit, job);
      },
      onStep: (step) => progress.onStep(shown, step, null),
    });
  } finally {
    release();
    progress.end();
  }
  if (json) printJson(plain(audit, job, result));
  else print(result);
  if (result.status === 'diverged') {
    console.error(`agent-state: ${job.setting.agent.id} diverged at step ${result.steps} (${result.diverged})`);
  }
  if (stop.aborted) process.exitCode = 130;
}

async function jobOf(options: AuditCommandOptions): Promise<AuditJob> {
  if (options.agent === undefined || options.env === undefined) {
    throw new UserError('Cannot audit nothing: name an agent (agent-state list agents) and an environment with --env');
  }
  const setting = await settingOf(options.agent, options.env, options);
  const entries = await auditEntries(options.estimators, setting.agent.estimator);
  const reference = {
    kind: referenceOf(options.reference),
    budget: wholeNumber('--budget', options.budget),
    stretch: wholeNumber('--stretch', options.stretch),
  };
  const short = (id: string): string => (isPath(id) ? basename(id).replace(/\.\w+$/, '') : id);
  const name = `${short(options.agent)}.${short(options.env)}`.replace(/[^A-Za-z0-9._-]/g, '-');
  return { name, setting, seed: seedOf(options.seed), entries, reference, results: options.results };
}

async function settingOf(agentId: string, envId: string, { steps, set }: AuditCommandOptions): Promise<Setting> {
  const agent = await loadAgent(agentId);
  const input = { agent, env: { id: envId }, steps: wholeNumber('--steps', steps) };
  const setting = await resolveSetting(merge(input, parseOverrides(set)));
  if (setting.path !== 'compiled') return setting;
  throw new UserError(
    'Cannot audit on the compiled path: others can watch on the reference path alone; leave path out',
  );
}

function seedOf(text: string): number {
  if (/^\d+$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
  throw new UserError(`Cannot use --seed ${text}: it must be a whole number`);
}

function referenceOf(text: string): (typeof REFERENCES)[number] {
  const found = REFERENCES.find((name) => name === text);
  if (found) return found;
  throw new UserError(
    `Cannot use --reference ${text}: it is ${REFERENCES.slice(0, -1).join(', ')} or ${REFERENCES.at(-1)}`,
  );
}

function introduce(audit: Audit, { setting, reference }: AuditJob): void {
  const count = audit.taken.length;
  console.log(
    `${setting.agent.id} in ${setting.env.id}: ${setting.steps.toLocaleString('en')} steps on the reference path, ` +
      `which others can watch; ${count} estimators beside it, ${audit.parameters.toLocaleString('en')} parameters`,
  );
  console.log(referenceText(audit, reference.stretch));
  if (setting.agent.feedback !== null) {
    console.log('Errors go back through a random matrix: alignment is with what they make of it, not with v_t itself.');
  }
}

function print({ table, leftOut, folder, pictures, status, steps }: AuditResult): void {
  console.log(`\n${table}\n* the agent's own\n`);
  for (const { label, reason } of leftOut) console.log(`left out, ${label}: ${reason}`);
  if (leftOut.length > 0) console.log('');
  if (status === 'interrupted') console.log(`interrupted after ${steps.toLocaleString('en')} steps`);
  for (const path of pictures) console.log(`picture  ${show(path)}`);
  console.log(`table    ${show(join(folder, 'audit.md'))}`);
  console.log(`windows  ${show(join(folder, 'audit.jsonl'))}`);
}

/** The documented fields of `audit --json`. */
function plain(audit: Audit, { setting, seed }: AuditJob, result: AuditResult) {
  const { folder, status, steps, diverged, msre, explained, leftOut, pictures, rows: estimators } = result;
  const { reference, parameters } = audit;
  const run = { folder, agent: setting.agent.id, env: setting.env.id, seed, status, steps, diverged, msre, explained };
  return { ...run, reference, parameters, estimators, leftOut, pictures };
}

/** A first signal ends the audit after the present chunk, what there is being written; a second one ends the program. */
function stopAtSignal(): { stop: AbortSignal; release: () => void } {
  const controller = new AbortController();
  const onSignal = (): void => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  return { stop: controller.signal, release: () => void process.off('SIGINT', onSignal).off('SIGTERM', onSignal) };
}

const show = (path: string): string => relative(process.cwd(), path) || '.';
