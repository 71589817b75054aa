/** A resolved setting as paths and values: agent.rule.alpha -> 0.01. */
import { basename } from 'node:path';
import { isPath } from '../registry.ts';
import { canonicalJson } from '../results/canonical-json.ts';
import { UserError } from '../user-error.ts';

export type Leaf = string | number | boolean | null | readonly unknown[];
export type Leaves = ReadonlyMap<string, Leaf>;

/** A list of plain values is one leaf (env.isi); one that holds objects is entered. */
export function leavesOf(config: unknown): Leaves {
  const leaves = new Map<string, Leaf>();
  const walk = (value: unknown, path: string): void => {
    if (Array.isArray(value) && !value.some(isObject)) leaves.set(path, value);
    else if (isObject(value))
      for (const [key, inner] of Object.entries(value)) walk(inner, path ? `${path}.${key}` : key);
    else if (value !== undefined) leaves.set(path, value as Leaf);
  };
  walk(config, '');
  return leaves;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Two leaves are one value where their JSON is; a path that is not there is a value of its own. */
export const leafKey = (leaf: Leaf | undefined): string => (leaf === undefined ? '' : canonicalJson(leaf));

const DIGITS = 6; // a step of a logarithmic grid has seventeen

/** As a label shows it; files by their name. */
export function showLeaf(leaf: Leaf): string {
  if (typeof leaf === 'string') return isPath(leaf) ? basename(leaf) : leaf;
  if (typeof leaf === 'number') return String(Number(leaf.toPrecision(DIGITS)));
  return JSON.stringify(leaf);
}

/** `agent.` goes without saying, and so does `.id`. */
export const showPath = (path: string): string => path.replace(/^agent\./, '').replace(/\.id$/, '');

/** rule.alpha=0.01 cell.columns=5: only what is there. */
export function showLeaves(leaves: Leaves, paths: readonly string[]): string {
  return paths
    .filter((path) => leaves.has(path))
    .map((path) => `${showPath(path)}=${showLeaf(leaves.get(path)!)}`)
    .join(' ');
}

/** `rule.alpha` -> agent.rule.alpha: the only known path that ends so. */
export function resolvePaths(flag: string, keys: readonly string[], known: readonly string[]): string[] {
  return keys.map((key) => {
    if (known.includes(key)) return key;
    const fitting = known.filter((path) => path.endsWith(`.${key}`));
    if (fitting.length === 1) return fitting[0]!;
    const problem =
      fitting.length === 0
        ? 'no setting here has such an option'
        : `it may be ${fitting.join(' or ')}; write more of it`;
    throw new UserError(`Cannot use ${flag} ${key}: ${problem}`);
  });
}
