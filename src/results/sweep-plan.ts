/** sweeps/<id>.json: what a sweep is to run, every setting resolved and every seed named, before anything is run. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { isExpected, UserError } from '../user-error.ts';
import { atomicWrite } from './atomic-write.ts';
import { makeFolder } from './make-folder.ts';
import { settingHash } from './setting-hash.ts';
import { systemReason } from './system-reason.ts';

const planned = z.object({
  hash: z.string(), // names the folder of its runs
  label: z.string(), // what tells it from the others: columnar-td rule.alpha=0.01
  config: z.record(z.string(), z.unknown()), // resolved: every default filled in
});

export const sweepPlan = z.object({
  format: z.literal(1),
  experiment: z.string(),
  id: z.string(), // of the list of settings
  settings: z.array(planned).min(1),
  seeds: z.array(z.number().int().nonnegative()).min(1),
  createdAt: z.iso.datetime(),
  argv: z.array(z.string()),
});
export type SweepPlan = z.infer<typeof sweepPlan>;
export type PlannedSetting = SweepPlan['settings'][number];

/** A run of a plan by its number: all settings with the first seed, then with the next. */
export interface PlannedRun {
  readonly setting: PlannedSetting;
  readonly seed: number;
}

export const planSize = ({ settings, seeds }: SweepPlan): number => settings.length * seeds.length;

export function plannedRun({ settings, seeds }: SweepPlan, index: number): PlannedRun {
  return { setting: settings[index % settings.length]!, seed: seeds[Math.floor(index / settings.length)]! };
}

export const planId = (settings: readonly PlannedSetting[]): string => settingHash(settings.map(({ hash }) => hash));

/** `experiment` is the folder results/<experiment>. */
export const planPath = (experiment: string, id: string): string => join(experiment, 'sweeps', `${id}.json`);

export function writePlan(path: string, plan: SweepPlan): void {
  makeFolder(dirname(path));
  atomicWrite(path, `${JSON.stringify(plan, null, 1)}\n`);
}

/** With the seeds that the same settings were planned for before, which keep their numbers; a plan that cannot be read has none. */
export function withEarlierSeeds(plan: SweepPlan, path: string): SweepPlan {
  const earlier = seedsOf(path);
  return { ...plan, seeds: [...new Set([...earlier, ...plan.seeds])] };
}

function seedsOf(path: string): number[] {
  try {
    return existsSync(path) ? readPlan(path).seeds : [];
  } catch (error) {
    if (!isExpected(error)) throw error;
    return [];
  }
}

/** The numbers of the runs with these seeds. */
export function indicesOf({ settings, seeds }: SweepPlan, asked: readonly number[]): number[] {
  return seeds.flatMap((seed, i) => (asked.includes(seed) ? settings.map((_, j) => i * settings.length + j) : []));
}

export function readPlan(path: string): SweepPlan {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const reason = error instanceof SyntaxError ? 'it is not JSON' : systemReason(error);
    throw new UserError(`Cannot read the sweep ${path}: ${reason}; agent-state sweep writes it`, { cause: error });
  }
  const parsed = sweepPlan.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new UserError(
    `Cannot read the sweep ${path}: ${issue.path.join('.') || 'the file'}: ${issue.message}; agent-state sweep writes it anew`,
  );
}

/** Paths of all sweeps that were ever planned for an experiment, in the order of their names. */
export function listPlans(experiment: string): string[] {
  const folder = join(experiment, 'sweeps');
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => /^[0-9a-f]{10}\.json$/.test(name));
  return names.sort().map((name) => join(folder, name));
}
