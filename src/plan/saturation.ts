import { dynamicsPattern } from '../dynamics-structure.ts';
import { isClosed, reached } from '../reach.ts';
import type { Rows } from '../types.ts';

/** The least n from which SnAp-n is exact, by structure: what a parameter reaches within n steps is all it ever does. */
export function saturation(rows: Rows): number {
  for (let n = 1; ; n++) if (isClosed(rows, reached(rows, n))) return n;
}

/** Every unit reads every unit. */
export function isDense(rows: Rows): boolean {
  return rows.units > 1 && dynamicsPattern(rows).column.length === rows.units ** 2;
}
