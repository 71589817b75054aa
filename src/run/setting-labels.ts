/** What tells the settings of one agent from each other: columnar-td rule.alpha=0.01. */
import { basename } from 'node:path';
import { isPath } from '../registry.ts';
import { canonicalJson } from '../results/canonical-json.ts';
import { settingHash } from '../results/setting-hash.ts';

type Tree = Readonly<Record<string, unknown>>;
type Labelled = { readonly tree: Tree; readonly words: string[] };

/** One label per resolved setting, each its own where the settings are. */
export function settingLabels(settings: readonly object[]): string[] {
  const all = settings.map((setting) => ({ tree: setting as Tree, words: [] as string[] }));
  for (const alike of groupsOf(all, ({ tree }) => agentOf(tree))) addDifferences(alike, '');
  const labels = all.map(({ tree, words }) => [show(agentOf(tree)), ...words].join(' '));
  const seen = new Set<string>();
  const twice = new Set(labels.filter((label) => seen.size === seen.add(label).size));
  return labels.map((label, i) => (twice.has(label) ? `${label} ${settingHash(settings[i])}` : label));
}

const agentOf = ({ agent }: Tree): unknown => (agent as Tree)['id'];

/** Adds a word to each for every leaf in which they differ; options of different parts are not compared. */
function addDifferences(all: readonly Labelled[], path: string): void {
  const kinds = groupsOf(all, ({ tree }) => tree['id']);
  if (kinds.length > 1) {
    for (const { tree, words } of all) words.push(`${path}=${show(tree['id'])}`);
    for (const kind of kinds) addDifferences(kind, path);
    return;
  }
  for (const key of new Set(all.flatMap(({ tree }) => Object.keys(tree)))) compare(all, path, key);
}

function compare(all: readonly Labelled[], path: string, key: string): void {
  const place = path === '' && key === 'agent' ? '' : path === '' ? key : `${path}.${key}`;
  const held = all.filter(({ tree }) => tree[key] !== undefined);
  if (held.length === all.length && held.every(({ tree }) => isTree(tree[key]))) {
    return addDifferences(
      held.map(({ tree, words }) => ({ tree: tree[key] as Tree, words })),
      place,
    );
  }
  if (groupsOf(all, ({ tree }) => tree[key]).length === 1 || followsSteps(all, place)) return;
  for (const { tree, words } of held) words.push(`${place}=${show(tree[key])}`);
}

/** How often a run is measured follows from its length, unless it is said. */
const followsSteps = (all: readonly Labelled[], place: string): boolean =>
  (place === 'every' || place === 'window') && groupsOf(all, ({ tree }) => tree['steps']).length > 1;

function groupsOf(all: readonly Labelled[], by: (one: Labelled) => unknown): Labelled[][] {
  const groups = new Map<string, Labelled[]>();
  for (const one of all) {
    const value = by(one);
    const key = value === undefined ? '' : canonicalJson(value);
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()];
}

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Words as they are, files by their names, fractions to six digits, everything else as JSON. */
function show(value: unknown): string {
  if (typeof value === 'number' && !Number.isInteger(value)) return String(Number(value.toPrecision(6)));
  if (typeof value !== 'string') return canonicalJson(value);
  return isPath(value) ? basename(value) : value;
}
