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

/** Joins several Statefuls under prefixes: `cell.params`, `rule.z`. Their arrays are looked up anew each time. */
export function joined(parts: Readonly<Record<string, Stateful>>, reset: () => void): Stateful {
  const all = Object.entries(parts);
  const arrays = (): Record<string, number> => {
    const lengths: Record<string, number> = {};
    for (const [prefix, part] of all) {
      for (const [name, length] of Object.entries(part.arrays)) lengths[`${prefix}.${name}`] = length;
    }
    return lengths;
  };
  const find = (name: string): [Stateful, string] => {
    for (const [prefix, part] of all) {
      const own = name.slice(prefix.length + 1);
      if (name.startsWith(`${prefix}.`) && own in part.arrays) return [part, own];
    }
    throw new RangeError(`Cannot find array "${name}": known are ${Object.keys(arrays()).join(', ')}`);
  };
  const shape = all.flatMap(([prefix, part]) => (part.shape ?? []).map((name) => `${prefix}.${name}`));
  return {
    get arrays() {
      return arrays();
    },
    read: (name, into) => {
      const [part, own] = find(name);
      part.read(own, into);
    },
    write: (name, from) => {
      const [part, own] = find(name);
      part.write(own, from);
    },
    reset,
    ...(shape.length > 0 ? { shape } : {}),
  };
}
