/** Columns that are only known once the values have been seen: names in the order of appearance, types that hold all. */
import type { Column, ColumnType } from './table.ts';

export interface FoundColumns {
  see(name: string, value: unknown): void;
  all(): Column[];
}

export function foundColumns(): FoundColumns {
  const types = new Map<string, ColumnType | null>(); // null: nothing but null was seen
  return {
    see(name, value) {
      const before = types.get(name) ?? null;
      const now = typeOf(value);
      types.set(name, before === null || now === null || before === now ? (now ?? before) : 'text');
    },
    all: () => [...types].map(([name, type]) => ({ name, type: type ?? 'real' })),
  };
}

function typeOf(value: unknown): ColumnType | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') return 'real';
  return typeof value === 'boolean' ? 'truth' : 'text';
}

/** A name that is taken by another column gets its family's prefix: `steps` of a setting is `config.steps`. */
export const unlessTaken = (name: string, taken: ReadonlySet<string>, prefix: string): string =>
  taken.has(name) ? `${prefix}.${name}` : name;
