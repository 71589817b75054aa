/** What was measured of a study, and by which state of the code. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Study, StudySetting } from '../experiment/study.ts';
import { canonicalJson } from '../results/canonical-json.ts';
import { codeHash } from '../results/code-hash.ts';
import { type Measurement, readMeasurements } from '../results/measurements-file.ts';
import type { RunRecord } from '../results/run-record.ts';
import { UserError } from '../user-error.ts';

export interface StudyData {
  readonly measured: readonly Measurement[]; // in the order of the sweep
  readonly size: string; // which sweep they are
  readonly left: number; // measurements of other sizes, not in the report
  readonly missing: number; // settings of the sweep without any measurement
  readonly code: string;
  readonly isPresent: boolean; // measured by the code as it stands
  readonly made: Partial<Pick<RunRecord, 'git' | 'versions' | 'host' | 'argv'>>;
}

export function readStudy(name: string, study: Study, folder: string): StudyData {
  const { path, code, isPresent } = measuredFile(name, folder);
  const all = readMeasurements(path);
  const { settings, size } = sweepOf(study, all);
  const keys = settings.map((setting) => canonicalJson(setting));
  const places = new Map(keys.map((key, i) => [key, i]));
  const placed = all.flatMap((one) => {
    const place = places.get(canonicalJson(one.setting));
    return place === undefined ? [] : [{ one, place }];
  });
  placed.sort((a, b) => a.place - b.place || a.one.seed - b.one.seed);
  return {
    measured: placed.map(({ one }) => one),
    size,
    left: all.length - placed.length,
    missing: settings.length - new Set(placed.map(({ place }) => place)).size,
    code,
    isPresent,
    made: provenanceOf(path.replace(/l$/, '')),
  };
}

/** Of the code as it stands, else the newest. */
function measuredFile(name: string, folder: string): { path: string; code: string; isPresent: boolean } {
  const measured = join(folder, 'measured');
  const files = existsSync(measured) ? readdirSync(measured).filter((file) => file.endsWith('.jsonl')) : [];
  const present = presentCode(name);
  const byAge = files
    .map((file) => ({ file, time: statSync(join(measured, file)).mtimeMs }))
    .sort((a, b) => b.time - a.time);
  const found = files.includes(`${present}.jsonl`) ? `${present}.jsonl` : byAge[0]?.file;
  if (found === undefined) {
    throw new UserError(`Cannot report ${name}: nothing has been measured; agent-state run ${name} does it`);
  }
  const code = found.replace(/\.jsonl$/, '');
  return { path: join(measured, found), code, isPresent: code === present };
}

/** A study of the user's own is no file of ours. */
function presentCode(name: string): string | null {
  try {
    return codeHash(name);
  } catch {
    return null;
  }
}

/** The sweep that most of the measurements belong to; a variation is all that was measured. */
function sweepOf(study: Study, all: readonly Measurement[]) {
  const known = new Set(all.map(({ setting }) => canonicalJson(setting)));
  const count = (full: boolean): number => study.sweep(full).filter((one) => known.has(canonicalJson(one))).length;
  const [plain, full] = [count(false), count(true)];
  if (plain === 0 && full === 0) return { settings: distinct(all), size: 'a variation of it' };
  const isFull = full > plain;
  return { settings: [...study.sweep(isFull)], size: isFull ? 'the published size' : 'as it stands' };
}

function provenanceOf(path: string): StudyData['made'] {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as StudyData['made'];
  } catch {
    return {}; // it says nothing about a number
  }
}

/** Settings in the order in which they were first measured. */
function distinct(all: readonly Measurement[]): StudySetting[] {
  return [...new Map(all.map(({ setting }) => [canonicalJson(setting), setting])).values()];
}
