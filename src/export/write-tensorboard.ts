/** One event file per run, in `<label>/<seed>/`: metrics, quantiles of the step sizes, and the setting as text. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../results/make-folder.ts';
import { type MetricsRow, readMetrics } from '../results/metrics-file.ts';
import type { IndexedRun } from '../results/run-index.ts';
import { UserError } from '../user-error.ts';
import { type Scalar, scalarEvent, textEvent, versionEvent } from './events.ts';
import { flatten, flattenRow } from './flatten.ts';
import { settingLabels, varying } from './varying.ts';
import { wallClock } from './wall-clock.ts';

export const isEventFile = (name: string): boolean => name.startsWith('events.out.tfevents.');

export interface Written {
  readonly runs: number;
  readonly events: number;
}

/** `skip` is told of a run whose files cannot be read; the others go on. */
export function writeTensorBoard(folder: string, runs: readonly IndexedRun[], skip: (line: string) => void): Written {
  const places = placesOf(runs);
  let [written, events] = [0, 0];
  for (const run of runs) {
    const found = eventsOf(run, skip);
    if (found === null) continue;
    const place = join(folder, places.get(run.record.setting)!, String(run.record.seed));
    makeFolder(place);
    writeFileSync(join(place, fileName(run)), Buffer.concat(found));
    written++;
    events += found.length;
  }
  return { runs: written, events };
}

function eventsOf({ folder, record }: IndexedRun, skip: (line: string) => void): Buffer[] | null {
  try {
    const clock = wallClock(record.startedAt, readMetrics(join(folder, 'timing.jsonl')));
    const metrics = readMetrics(join(folder, 'metrics.jsonl')).map((row) => ({ row, scalars: ofMetrics(row) }));
    const sizes = readMetrics(join(folder, 'step-sizes.jsonl')).map((row) => ({ row, scalars: ofStepSizes(row) }));
    const told = [...metrics, ...sizes].filter(({ scalars }) => scalars.length > 0);
    const events = told
      .sort((a, b) => a.row.step - b.row.step)
      .map(({ row, scalars }) => scalarEvent(clock(row.step), row.step, scalars));
    return [versionEvent(clock(0)), textEvent(clock(0), 'setting', settingText(record.config)), ...events];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    skip(error.message);
    return null;
  }
}

/** What is not finite has no point. */
function ofMetrics(row: MetricsRow): Scalar[] {
  return flattenRow(row).flatMap(([tag, value]) =>
    tag !== 'step' && typeof value === 'number' ? [{ tag: tag.replaceAll('.', '/'), value }] : [],
  );
}

const QUANTILES = ['min', 'q10', 'median', 'q90', 'max'];

function ofStepSizes(row: MetricsRow): Scalar[] {
  return Object.entries(row).flatMap(([name, values]) => {
    if (!name.endsWith('.quantiles') || !Array.isArray(values)) return [];
    const group = name.slice(0, -'.quantiles'.length);
    return QUANTILES.flatMap((word, i): Scalar[] => {
      const value: unknown = values[i];
      return typeof value === 'number' ? [{ tag: `step-sizes/${group}/${word}`, value }] : [];
    });
  });
}

function settingText(config: Readonly<Record<string, unknown>>): string {
  const rows = flatten(config).map(([path, value]) => `| ${path} | ${String(value).replaceAll('|', '\\|')} |`);
  return ['| path | value |', '| --- | --- |', ...rows].join('\n');
}

function fileName({ record }: IndexedRun): string {
  const seconds = String(Math.floor(Date.parse(record.startedAt) / 1000)).padStart(10, '0');
  return `events.out.tfevents.${seconds}.${safe(record.host['name'] ?? 'unknown')}`;
}

/** A folder per setting; two that look alike are told apart by their hash. */
function placesOf(runs: readonly IndexedRun[]): Map<string, string> {
  const labels = [...settingLabels(runs, varying(runs))].map(([hash, label]) => [hash, safe(label)] as const);
  const names = labels.map(([, name]) => name);
  const isShared = (name: string): boolean => names.indexOf(name) !== names.lastIndexOf(name);
  return new Map(labels.map(([hash, name]) => [hash, isShared(name) ? `${name} ${hash}` : name]));
}

/** No separators, nothing hidden, at most 150 characters. */
const safe = (name: string): string =>
  name
    .replace(/[^\p{L}\p{N} ._=,+-]+/gu, '-')
    .replace(/^\./, '-')
    .slice(0, 150);
