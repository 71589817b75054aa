type Tree = Readonly<Record<string, unknown>>;

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * `over` laid on `base`: objects merge key by key, everything else is replaced. A changed `id` drops the old options.
 * An object whose keys are places of a list merges into the list: { 0: { units: 8 } } over [{ id: 'gru' }].
 */
export function merge(base: Tree, over: Tree): Record<string, unknown> {
  const changesPart = typeof over['id'] === 'string' && typeof base['id'] === 'string' && over['id'] !== base['id'];
  const out: Record<string, unknown> = changesPart ? {} : { ...base };
  for (const [key, value] of Object.entries(over)) {
    const old = out[key];
    out[key] = isTree(value) ? laid(old, value) : value;
  }
  return out;
}

function laid(old: unknown, over: Tree): unknown {
  if (isTree(old)) return merge(old, over);
  const places = Object.keys(over);
  const fits = (key: string): boolean => /^\d+$/.test(key) && Number(key) < (old as unknown[]).length;
  if (!Array.isArray(old) || places.length === 0 || !places.every(fits)) return over;
  return old.map((item: unknown, i) => (i in over ? (isTree(over[i]) ? laid(item, over[i]) : over[i]) : item));
}
