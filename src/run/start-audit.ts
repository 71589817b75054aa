/** An audit with its paper trail: audit.jsonl and log.ndjson while it runs, the rest at its end. */
import { accessSync, constants, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createLogger } from '../log/create-logger.ts';
import { logEvent, runLogger } from '../log/log-event.ts';
import type { Logger } from '../log/logger.ts';
import { referencePath } from '../paths.ts';
import { makeFolder } from '../results/make-folder.ts';
import { type MetricsFile, openMetrics } from '../results/metrics-file.ts';
import { provenance } from '../results/provenance.ts';
import { locateRun } from '../results/run-folder.ts';
import { systemReason } from '../results/system-reason.ts';
import { UserError } from '../user-error.ts';
import type { Audit, AuditEnd, AuditHooks, AuditOptions } from './audit-one.ts';
import { type AuditResult, reportAudit } from './audit-report.ts';
import type { Window } from './audit-summary.ts';
import { tellLeftOut } from './tell-left-out.ts';

export interface AuditJob extends AuditOptions {
  readonly name: string; // agent.environment
  readonly results: string; // the results folder
}

export async function startAudit(
  audit: Audit,
  job: AuditJob,
  hooks: Pick<AuditHooks, 'onStep' | 'stop'> & { readonly onBegin?: () => void }, // once it can be written
): Promise<AuditResult> {
  const folder = freshFolder(job);
  const log = runLogger(createLogger({ destination: join(folder, 'log.ndjson') }), {
    run: job.name,
    experiment: 'audit',
    agent: job.setting.agent.id,
    env: job.setting.env.id,
    seed: job.seed,
  });
  announce(log, job, folder);
  hooks.onBegin?.();
  for (const left of audit.leftOut) tellLeftOut(log, 0, left);
  const windows: Window[] = [];
  const lines = openMetrics(join(folder, 'audit.jsonl'));
  let end: AuditEnd;
  try {
    end = await audit.live({
      ...hooks,
      onWindow(step, alignments) {
        const window = { step, alignments };
        windows.push(window);
        appendWindow(lines, window);
        const cosines = Object.fromEntries(Object.entries(alignments).map(([label, { cosine }]) => [label, cosine]));
        logEvent(log, { event: 'audit.window', step, reference: audit.reference.kind, cosines });
      },
    });
  } finally {
    lines.close();
  }
  for (const left of end.leftOut.slice(audit.leftOut.length)) tellLeftOut(log, end.steps, left);
  tellEnd(log, end);
  return reportAudit(audit, job, folder, windows, end);
}

function appendWindow(lines: MetricsFile, { step, alignments }: Window): void {
  for (const [estimator, { groups, ...overall }] of Object.entries(alignments)) {
    for (const [group, alignment] of Object.entries({ all: overall, ...groups })) {
      lines.append({ step, estimator, group, ...alignment });
    }
  }
}

/** What an earlier audit of the same kind has left is replaced. */
function freshFolder({ name, results, setting, seed, entries, reference }: AuditJob): string {
  const audited = { setting, entries: entries.map(({ choice }) => choice), reference };
  const { path } = locateRun({ results: join(results, 'audit'), experiment: name, setting: audited, seed });
  try {
    makeFolder(path);
    accessSync(path, constants.W_OK | constants.X_OK);
    for (const file of ['audit.jsonl', 'log.ndjson']) rmSync(join(path, file), { force: true });
  } catch (error) {
    throw new UserError(`Cannot write results to ${results}: ${systemReason(error)}; pass --results <folder>`, {
      cause: error,
    });
  }
  return path;
}

function announce(log: Logger, { setting }: AuditJob, folder: string): void {
  const { host, git, versions } = provenance();
  logEvent(log, {
    event: 'run.start',
    folder,
    steps: setting.steps,
    pid: process.pid,
    host: host['name'] ?? 'unknown',
    node: versions['node'] ?? process.versions.node,
    commit: git?.commit ?? null,
    resumedFrom: null,
  });
  logEvent(log, { event: 'path.chosen', ...referencePath('an audit needs it') });
}

function tellEnd(log: Logger, { status, steps: step, seconds, diverged, msre, explained }: AuditEnd): void {
  if (status === 'done') logEvent(log, { event: 'run.done', step, seconds, scores: { msre, explained } });
  else if (status === 'diverged') logEvent(log, { event: 'run.diverged', step, buffer: diverged ?? 'unknown' });
  else logEvent(log, { event: 'run.interrupted', step, signal: 'SIGTERM' });
}
