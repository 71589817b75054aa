import type { Stateful } from './types.ts';

/** Makes a Stateful of arrays that live as long as their owner. */
export function named(arrays: Readonly<Record<string, Float64Array>>, reset: () => void): Stateful {
  const lengths = Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name, array.length]));
  return {
    arrays: lengths,
    read: (name, into) => into.set(arrays[name]!),
    write: (name, from) => arrays[name]!.set(from),
    reset,
  };
}

/** Joins several Statefuls under prefixes: `cell.params`, `rule.z`. */
export function joined(parts: Readonly<Record<string, Stateful>>, reset: () => void): Stateful {
  const owner = new Map<string, [part: Stateful, name: string]>();
  const arrays: Record<string, number> = {};
  for (const [prefix, part] of Object.entries(parts)) {
    for (const [name, length] of Object.entries(part.arrays)) {
      arrays[`${prefix}.${name}`] = length;
      owner.set(`${prefix}.${name}`, [part, name]);
    }
  }
  const find = (name: string): [Stateful, string] => {
    const found = owner.get(name);
    if (!found) throw new RangeError(`Cannot find array "${name}": known are ${Object.keys(arrays).join(', ')}`);
    return found;
  };
  return {
    arrays,
    read: (name, into) => {
      const [part, own] = find(name);
      part.read(own, into);
    },
    write: (name, from) => {
      const [part, own] = find(name);
      part.write(own, from);
    },
    reset,
  };
}
