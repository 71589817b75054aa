import { tickLabel } from './tick-label.ts';

export interface HeatCell {
  readonly x: number;
  readonly y: number;
  readonly value: number; // not finite: it diverged
  readonly diverged?: number; // seeds that did
  readonly seeds?: number; // of so many
}

export type Wanted = 'least' | 'largest';

export type ShownCell = {
  readonly x: string;
  readonly y: string;
  readonly value: number | null;
  readonly diverged: boolean;
  readonly cross: string; // in a cell that is too small for the count
  readonly count: string; // or the cross, where it is not known
  readonly isBest: boolean;
  readonly isCut: boolean; // its value is larger than its colour says
};

/** The cells with the names of their steps, and those names in ascending order. */
export function markCells(cells: readonly HeatCell[], most: number, best: Wanted) {
  const nameX = names(cells.map(({ x }) => x));
  const nameY = names(cells.map(({ y }) => y));
  const finite = cells.map(({ value }) => value).filter(Number.isFinite);
  const limit = best === 'least' ? Math.min(...finite) : Math.max(...finite);
  const shown = cells.map(({ x, y, value, diverged = 0, seeds }): ShownCell => {
    const isLost = !Number.isFinite(value);
    const count = diverged > 0 && seeds !== undefined ? `${diverged}/${seeds}` : '×';
    const place = { x: nameX.get(x)!, y: nameY.get(y)! };
    const isBest = !isLost && value === limit && finite.length > 1;
    return {
      ...place,
      value: isLost ? null : Math.min(value, most),
      diverged: isLost,
      cross: '×',
      count,
      isBest,
      isCut: value > most,
    };
  });
  return { cells: shown, xs: [...nameX.values()], ys: [...nameY.values()] };
}

/** Short where that tells them apart, ascending. */
function names(values: readonly number[]): Map<number, string> {
  const sorted = [...new Set(values)].sort((a, b) => a - b);
  const short = sorted.map(tickLabel);
  const isClear = new Set(short).size === short.length;
  return new Map(sorted.map((value, i) => [value, isClear ? short[i]! : String(value)]));
}
