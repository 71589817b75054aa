type Tree = Readonly<Record<string, unknown>>;

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

/** `over` laid on `base`: objects merge key by key, everything else is replaced. A changed `id` drops the old options. */
export function merge(base: Tree, over: Tree): Record<string, unknown> {
  const changesPart = typeof over['id'] === 'string' && typeof base['id'] === 'string' && over['id'] !== base['id'];
  const out: Record<string, unknown> = changesPart ? {} : { ...base };
  for (const [key, value] of Object.entries(over)) {
    const old = out[key];
    out[key] = isTree(old) && isTree(value) ? merge(old, value) : value;
  }
  return out;
}
