/** Which settings are one method at several values of its hyperparameters, and what to call them. */
import { type Leaf, leafKey, type Leaves, resolvePaths, showLeaf, showLeaves } from './leaves.ts';
import type { SettingRuns } from './read-runs.ts';

export interface Method {
  readonly name: string;
  readonly short: string; // its name among those of its task: without what names the task
  readonly task: string; // what it is measured on: methods of one task can be compared
  readonly tuned: readonly string[]; // paths of its hyperparameters, in the order in which they are written
  readonly settings: readonly SettingRuns[];
}

export interface Overrides {
  readonly tune?: readonly string[]; // hyperparameters, whatever they are
  readonly keep?: readonly string[]; // part of a method's name, though numbers of its agent
  readonly panels?: readonly string[]; // part of its task, though options of its agent
}

/** Words about a setting, and what follows from the number of steps: they name nothing where anything else does. */
const LAST = ['every', 'window', 'agent.summary', 'agent.cite'];

/**
 * Numbers of an agent that vary where nothing else does are hyperparameters; all that varies otherwise (ids, words, the
 * environment, steps, discount) makes another method.
 */
export function methodsOf(settings: readonly SettingRuns[], overrides: Overrides = {}): Method[] {
  const known = [...new Set(settings.flatMap(({ leaves }) => [...leaves.keys()]))];
  const tune = new Set(resolvePaths('--tune', overrides.tune ?? [], known));
  const panels = new Set(overrides.panels);
  const keep = new Set([...resolvePaths('--keep', overrides.keep ?? [], known), ...panels]);
  const numeric = known.filter((path) => path.startsWith('agent.') && isNumeric(settings, path));
  const free = new Set([...numeric.filter((path) => !keep.has(path)), ...tune]);
  const named = known.filter((path) => !free.has(path));
  const groups = grouped(settings, ({ leaves }) => keyOf(leaves, named));
  const names = namesOf(
    groups.map(([first]) => first!),
    named,
  );
  const tasks = tasksOf(
    groups.map(([first]) => first!),
    panels,
  );
  const shorts = new Map(
    [...new Set(tasks)].flatMap((task) => {
      const own = groups.flatMap(([first], i) => (tasks[i] === task ? [first!] : []));
      const short = namesOf(own, named);
      return own.map((first, i) => [first, short[i]!] as const);
    }),
  );
  return groups.map((members, i) => ({
    name: names[i]!,
    short: shorts.get(members[0]!)!,
    task: tasks[i]!,
    tuned: [...free].filter((path) => new Set(members.map(({ leaves }) => leafKey(leaves.get(path)))).size > 1),
    settings: members,
  }));
}

/** A number wherever it is there, or null: `clip: null` beside `clip: 1`. */
function isNumeric(settings: readonly SettingRuns[], path: string): boolean {
  const values = settings.flatMap(({ leaves }) => (leaves.has(path) ? [leaves.get(path) as Leaf] : []));
  return values.some((value) => typeof value === 'number') && values.every((v) => v === null || typeof v === 'number');
}

const keyOf = (leaves: Leaves, paths: readonly string[]): string =>
  JSON.stringify(paths.map((path) => leafKey(leaves.get(path))));

function grouped(settings: readonly SettingRuns[], key: (one: SettingRuns) => string): SettingRuns[][] {
  const groups = new Map<string, SettingRuns[]>();
  for (const one of settings) {
    const members = groups.get(key(one));
    if (members) members.push(one);
    else groups.set(key(one), [one]);
  }
  return [...groups.values()];
}

/** The agent, and as little of what varies beside it as tells methods of one agent apart. */
function namesOf(firsts: readonly SettingRuns[], paths: readonly string[]): string[] {
  const ids = firsts.map(({ leaves }) => showLeaf(leaves.get('agent.id') ?? 'agent'));
  const names = firsts.map(({ leaves }, i) => {
    const same = firsts.filter((_, j) => ids[j] === ids[i]);
    return [ids[i]!, showLeaves(leaves, tellingApart(same, paths))].join(' ').trim();
  });
  return names.map((name, i) =>
    names.indexOf(name) === names.lastIndexOf(name) ? name : `${name} ${firsts[i]!.hash}`,
  );
}

/** What predictions are about and how long they are learned: all that is no option of the agent or of how it computes. */
const TASK = /^(?:env\.|steps$|discount$|include$|target$|window$)/;

function tasksOf(firsts: readonly SettingRuns[], panels: ReadonlySet<string>): string[] {
  const paths = [...new Set(firsts.flatMap(({ leaves }) => [...leaves.keys()]))].filter(
    (path) => TASK.test(path) || panels.has(path),
  );
  const ids = firsts.map(({ leaves }) => showLeaf(leaves.get('env.id') ?? 'environment'));
  const keys = firsts.map(({ leaves }) => keyOf(leaves, paths));
  const different = firsts.filter((_, i) => keys.indexOf(keys[i]!) === i);
  return firsts.map(({ leaves }, i) => {
    const same = different.filter((other) => showLeaf(other.leaves.get('env.id') ?? 'environment') === ids[i]);
    return [ids[i]!, showLeaves(leaves, tellingApart(same, paths))].join(' ').trim();
  });
}

/** Ids first, then words, then numbers; a path that splits nothing any further is left out. */
function tellingApart(settings: readonly SettingRuns[], paths: readonly string[]): string[] {
  const rank = (path: string): number => {
    if (LAST.includes(path)) return 3;
    if (path.endsWith('.id')) return 0;
    return settings.some(({ leaves }) => typeof leaves.get(path) === 'number') ? 2 : 1;
  };
  const chosen: string[] = [];
  const parts = (): number => new Set(settings.map(({ leaves }) => keyOf(leaves, chosen))).size;
  let apart = parts();
  for (const path of [...paths].sort((a, b) => rank(a) - rank(b))) {
    if (apart === settings.length) break;
    chosen.push(path);
    const now = parts();
    if (now === apart) chosen.pop();
    apart = now;
  }
  return chosen;
}
