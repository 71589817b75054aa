/** Alternatives that are laid over what stands beside them: $paired. */

export type Tree = Readonly<Record<string, unknown>>;

export const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isWord = (key: string): boolean => key.startsWith('$');

/** An object of keys, not a word such as { $log10: [-4, -1] }. */
const isPlain = (value: unknown): value is Tree =>
  isTree(value) && Object.keys(value).every((key) => !isWord(key) || key === '$paired');

/**
 * One alternative over its siblings: objects key by key, over every object of a list, and all else is replaced. A changed
 * `id` drops the old options, as it does on the command line.
 */
export function lay(base: Tree, over: Tree): Tree {
  const changesPart = typeof over['id'] === 'string' && typeof base['id'] === 'string' && over['id'] !== base['id'];
  const kept = changesPart ? {} : base;
  return { ...kept, ...Object.fromEntries(Object.entries(over).map(([key, value]) => [key, laid(kept[key], value)])) };
}

function laid(old: unknown, over: unknown): unknown {
  if (!isPlain(over)) return over;
  if (isPlain(old)) return lay(old, over);
  return Array.isArray(old) && old.every(isPlain) ? old.map((one) => lay(one, over)) : over;
}
