/** agent-state run <study>: measures what has not been measured yet, then tables and pictures of all. */
import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type { Study, StudySetting } from '../experiment/study.ts';
import { canonicalJson } from '../results/canonical-json.ts';
import { codeHash } from '../results/code-hash.ts';
import { openMeasurements, readMeasurements } from '../results/measurements-file.ts';
import { provenance } from '../results/provenance.ts';
import { atomicWrite } from '../results/atomic-write.ts';
import { holdLease } from '../results/hold-lease.ts';
import { makeFolder } from '../results/make-folder.ts';
import { settingHash } from '../results/setting-hash.ts';
import type { LoadedExperiment } from '../run/load-experiment.ts';
import { runStudyPool } from '../run/study-pool.ts';
import { writeStudySummary } from '../run/study-summary.ts';
import { UserError } from '../user-error.ts';
import { type LimitFlags, limitsOf } from './limits.ts';
import { parseSeeds, wholeNumber } from './numbers.ts';
import { parseOverrides } from './overrides.ts';
import { printJson } from './print-json.ts';
import type { RunOptions } from './run-command.ts';
import { createStudyProgress } from './study-progress.ts';

export interface StudyOptions extends RunOptions, LimitFlags {
  readonly dryRun?: boolean;
}

export async function studyCommand(loaded: LoadedExperiment<Study>, options: StudyOptions): Promise<void> {
  const { id, name, experiment: study } = loaded;
  refuseWhatIsForAgents(name, options);
  const { json = false, full = false } = options;
  const settings = varied(name, study.sweep(full), options);
  const seeds = parseSeeds(options.seeds ?? String(study.seeds(full)));
  const asked = settings.flatMap((setting) => seeds.map((seed) => ({ study: id, setting, seed })));
  const root = resolve(options.results, name);
  const code = codeHash(id);
  const path = join(root, 'measured', `${code}.jsonl`);
  if (!json) console.log(study.question);
  if (options.dryRun) return tell(asked.length, missingOf(asked, path), json);
  makeFolder(dirname(path));
  const lease = holdLease(path, { onLost: () => leave(path) }); // two that measure would do the same twice
  const measurements = openMeasurements(path);
  atomicWrite(join(root, 'measured', `${code}.json`), `${JSON.stringify({ study: name, ...provenance() }, null, 2)}\n`);
  const todo = asked.filter(({ setting, seed }) => !measurements.get(setting, seed));
  const progress = createStudyProgress(asked.length, todo.length, process.stderr, json);
  const { errors, stopped } = await runStudyPool(todo, {
    ...(options.jobs === undefined ? {} : { jobs: wholeNumber('--jobs', options.jobs) }),
    limits: limitsOf(options),
    onMeasured(one) {
      measurements.add(one); // on the disk before it is shown
      progress.onMeasured();
    },
  });
  progress.end();
  measurements.close();
  lease.release();
  const measured = asked.flatMap(({ setting, seed }) => measurements.get(setting, seed) ?? []);
  if (measured.length > 0) {
    const folder = join(root, ...place(settings, options));
    const { text, json: found, pictures } = await writeStudySummary({ name, study, folder, measured });
    if (json) printJson(found);
    else {
      console.log(`\n${text}\n`);
      for (const picture of pictures) console.log(`picture  ${show(picture)}`);
      console.log(`table    ${show(join(folder, 'summary.md'))}`);
      console.log(`measured ${show(path)}`);
    }
  }
  for (const line of new Set(errors)) console.error(`agent-state: ${line}`);
  if (stopped) console.error(`agent-state: interrupted; the same command measures the rest`);
  if (errors.length > 0) process.exitCode = 2;
  else if (stopped) process.exitCode = 130;
}

function tell(measurements: number, missing: number, json: boolean): void {
  if (json) printJson({ measurements, missing });
  else console.log(`${measurements} measurements, ${missing} of them missing`);
}

/** Read, not opened: somebody may be measuring. */
function missingOf(asked: readonly { setting: StudySetting; seed: number }[], path: string): number {
  const known = existsSync(path) ? readMeasurements(path) : [];
  const keys = new Set(known.map(({ setting, seed }) => canonicalJson([setting, seed])));
  return asked.filter(({ setting, seed }) => !keys.has(canonicalJson([setting, seed]))).length;
}

/** Its file is another's by now, or was removed. */
function leave(path: string): void {
  console.error(`agent-state: Cannot go on with ${path}: it was removed, or another process has taken it over`);
  process.exit(2);
}

/** The sweep with --set (and --steps) laid over: settings that become alike are one. */
function varied(name: string, sweep: readonly StudySetting[], { set, steps }: RunOptions): StudySetting[] {
  const over = parseOverrides([...(steps === undefined ? [] : [`steps=${wholeNumber('--steps', steps)}`]), ...set]);
  const known = [...new Set(sweep.flatMap((setting) => Object.keys(setting)))];
  for (const [key, value] of Object.entries(over)) {
    const flag = steps !== undefined && key === 'steps' ? '--steps' : `--set ${key}`;
    if (!known.includes(key)) {
      throw new UserError(`Cannot use ${flag}: the settings of ${name} are made of ${known.join(', ')}`);
    }
    if (typeof value !== 'number' && typeof value !== 'string') {
      throw new UserError(`Cannot use ${flag}: settings of ${name} are numbers and words`);
    }
  }
  const laid = sweep.map((setting) =>
    Object.fromEntries(Object.entries(setting).map(([key, value]) => [key, (over[key] as typeof value) ?? value])),
  );
  return [...new Map(laid.map((setting) => [canonicalJson(setting), setting])).values()];
}

/** The study as it stands lies in its folder, its published size in `full`, a variation in a folder of its own. */
function place(settings: readonly StudySetting[], options: RunOptions): string[] {
  const isVaried = options.set.length > 0 || options.steps !== undefined;
  if (isVaried) return [`sweep-${settingHash(settings)}`];
  return options.full ? ['full'] : [];
}

function refuseWhatIsForAgents(name: string, options: RunOptions): void {
  const flags = ['agent', 'cell', 'estimator', 'features', 'head', 'rule', 'discount', 'include', 'load'] as const;
  const more = ['path', 'precision', 'simd', 'threads', 'checkpointEvery', 'logLevel', 'logEvery', 'beside'] as const;
  const given = [...flags, ...more].find((flag) => options[flag] !== undefined) ?? (options.learn ? null : 'no-learn');
  if (given === null) return;
  const flag = given.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new UserError(`Cannot use --${flag}: ${name} is a study of its own; --set, --seeds and --full vary it`);
}

const show = (path: string): string => relative(process.cwd(), path) || '.';
