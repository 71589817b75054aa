/** Leaves of a tree by their paths, in its order: `agent.rule.alpha` -> 0.01. A list of settings is one leaf, as JSON. */
export type Leaf = string | number | boolean | null;

export function flatten(tree: unknown, path = ''): [string, Leaf][] {
  if (typeof tree === 'string' || typeof tree === 'number' || typeof tree === 'boolean') return [[path, tree]];
  if (tree === null || tree === undefined) return [[path, null]];
  if (Array.isArray(tree)) return [[path, JSON.stringify(tree)]];
  return Object.entries(tree).flatMap(([key, value]) => flatten(value, path === '' ? key : `${path}.${key}`));
}

/** A line of metrics: a list (one number per question) has a column for each of its places, an object for each name. */
export function flattenRow(row: Readonly<Record<string, unknown>>): [string, unknown][] {
  return Object.entries(row).flatMap(([name, value]): [string, unknown][] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).map(([key, item]: [string, unknown]) => [`${name}.${key}`, item])
      : [[name, value]],
  );
}
