/** How the numbers of a report were made: commits, code, versions, machines, seeds, and the commands. */
import { basename, relative } from 'node:path';
import type { RunRecord } from '../results/run-record.ts';
import type { SweepPlan } from '../results/sweep-plan.ts';
import { type Block, code, heading, list, text, warning } from './document.ts';
import type { ExperimentRuns, Seed } from './read-runs.ts';

export interface Made {
  readonly commits: readonly string[];
  readonly code: readonly string[];
  readonly versions: readonly string[];
  readonly machines: readonly string[];
  readonly precision: readonly string[];
  readonly seeds: string;
  readonly commands: readonly string[];
}

export function madeOf({ settings, plans }: ExperimentRuns): Made {
  const runs = settings.flatMap((setting) => setting.runs);
  const records = runs.map(({ record }) => record);
  return {
    commits: counted(records, ({ git }) =>
      git ? git.commit.slice(0, 10) + (git.dirty ? ' and changes to it' : '') : 'no repository',
    ),
    code: counted(records, (record) => record.code ?? 'not recorded'),
    versions: counted(records, ({ versions }) => versionsOf(versions)),
    machines: counted(records, ({ host }) => machineOf(host)),
    precision: counted(
      records.filter(({ path }) => path !== null),
      ({ path }) => [path!.path, path!.precision, path!.simd].filter((word) => word !== null).join(' '),
    ),
    seeds: seedRanges(runs.map(({ seed }) => seed)),
    commands: commandsOf(plans, records),
  };
}

export const versionsOf = (versions: RunRecord['versions']): string =>
  Object.entries(versions)
    .filter(([name]) => name !== 'v8')
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');

export const machineOf = (host: RunRecord['host']): string =>
  [host['name'], host['cpu'], host['platform'], host['arch']].filter((word) => word !== undefined).join(', ');

export function madeBlocks(made: Made, folder: string, unreadable: readonly string[]): Block[] {
  const lines: [string, readonly string[]][] = [
    ['commit', made.commits],
    ['code', made.code],
    ['versions', made.versions],
    ['machine', made.machines],
    ['computed by', made.precision],
  ];
  const several =
    made.code.length > 1
      ? [
          warning(
            `Runs of this report come from ${made.code.length} different states of the code: what differs between methods may be the program. Run the older ones anew before you compare.`,
          ),
        ]
      : [];
  return [
    heading('How it was made'),
    ...several,
    ...list([
      ...lines.filter(([, values]) => values.length > 0).map(([name, values]) => `${name}: ${values.join('; ')}`),
      `seeds: ${made.seeds}`,
    ]),
    ...(made.commands.length > 0 ? [text('Commands that began these runs:')] : []),
    ...code(made.commands),
    text('Any single run again, and whether its bytes agree:'),
    ...code([`agent-state rerun ${shown(folder)}/<setting>/<seed>`]),
    ...(unreadable.length > 0
      ? [warning(`${unreadable.length} files could not be read, and are not in this report:`)]
      : []),
    ...list(unreadable),
  ];
}

/** Each value once, the most frequent first, with how many runs it stands for where there are several. */
function counted(records: readonly RunRecord[], of: (record: RunRecord) => string): string[] {
  const counts = new Map<string, number>();
  for (const record of records) counts.set(of(record), (counts.get(of(record)) ?? 0) + 1);
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  return sorted.map(([value, n]) => (sorted.length === 1 ? value : `${value} (${n} ${n === 1 ? 'run' : 'runs'})`));
}

/** As typed, without the paths of Node and of the program; a worker's own argv tells nothing. */
function commandsOf(plans: readonly SweepPlan[], records: readonly RunRecord[]): string[] {
  const isOurs = ([, script = '']: readonly string[]): boolean =>
    /^(?:main|agent-state)(?:\.[jt]s)?$/.test(basename(script));
  const typed = records.map(({ argv }) => argv).filter(isOurs);
  const words = [...plans.map(({ argv }) => argv), ...typed.map((argv) => argv.slice(2))];
  return [...new Set(words.map((argv) => ['agent-state', ...argv.map(quoted)].join(' ')))].slice(0, MOST);
}

const MOST = 20; // commands

const quoted = (word: string): string => (/^[\w./:=,@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`);

/** 0-4, 7, 100-129 */
export function seedRanges(seeds: readonly Seed[]): string {
  const numbers = [...new Set(seeds.filter((seed) => typeof seed === 'number'))].sort((a, b) => a - b);
  const words = [...new Set(seeds.filter((seed) => typeof seed === 'string'))].sort();
  const ranges: [number, number][] = [];
  for (const seed of numbers) {
    const last = ranges.at(-1);
    if (last && seed === last[1] + 1) last[1] = seed;
    else ranges.push([seed, seed]);
  }
  return [...ranges.map(([low, high]) => (low === high ? `${low}` : `${low}-${high}`)), ...words].join(', ');
}

export const shown = (path: string): string => relative(process.cwd(), path) || '.';
