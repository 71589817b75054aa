/** The leaves of a record by their paths: agent.rule.alpha. */
export function flatten(value: unknown, path = '', into = new Map<string, string>()): Map<string, string> {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return into.set(path, shown(value));
  for (const [name, inner] of Object.entries(value)) flatten(inner, path === '' ? name : `${path}.${name}`, into);
  return into;
}

function shown(value: unknown): string {
  if (typeof value === 'number') return String(Number(value.toPrecision(6)));
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}

/** [path, its value in each] wherever they are not all the same; an empty text where one has none. */
export function differing(flat: readonly ReadonlyMap<string, string>[]): [string, string[]][] {
  const names = [...new Set(flat.flatMap((one) => [...one.keys()]))];
  return names
    .map((name): [string, string[]] => [name, flat.map((one) => one.get(name) ?? '')])
    .filter(([, values]) => new Set(values).size > 1);
}
