/** The runs of a sweep as squares, or as bars of counts. */
import { pixel, text } from './pixel-layers.ts';
import type { Layers } from './reference-layers.ts';
import { type GridStatus, gridStatuses, statusMarks } from './status-marks.ts';

/** A setting of a sweep and the states of its runs, in the order of the seeds. */
export interface SettingStatuses {
  readonly label: string;
  readonly statuses: readonly GridStatus[]; // [seeds]
}

export const ROW = 14; // px

export type Counts = ReadonlyMap<GridStatus, number>;

export const countsOf = (statuses: readonly GridStatus[]): Counts => {
  const counts = new Map<GridStatus, number>();
  for (const status of statuses) counts.set(status, (counts.get(status) ?? 0) + 1);
  return counts;
};

/** A rectangle and its symbol for every run, at pixels: one layer of each per state. */
export function squares(settings: readonly SettingStatuses[], cell: number): Layers {
  return gridStatuses.flatMap((status): Layers => {
    const values = settings.flatMap(({ label, statuses }, row) =>
      statuses.flatMap((one, column) =>
        one === status
          ? [
              {
                label,
                column,
                status,
                x: cell * column,
                x2: cell * (column + 1),
                y: ROW * row,
                y2: ROW * (row + 1),
              },
            ]
          : [],
      ),
    );
    if (values.length === 0) return [];
    const { fill, ink, path } = statusMarks[status];
    const size = (0.5 * Math.min(cell, ROW)) ** 2 * 4;
    const symbols: Layers =
      path === ''
        ? []
        : [
            {
              data: { values: values.map(({ x, x2, y, y2 }) => ({ x: (x + x2) / 2, y: (y + y2) / 2 })) },
              mark: {
                type: 'point',
                aria: false,
                shape: path,
                size,
                stroke: ink,
                strokeWidth: cell < 9 ? 1 : 1.5,
                filled: false,
                opacity: 1,
              },
              encoding: { x: pixel('x'), y: pixel('y') },
            },
          ];
    return [
      {
        data: { values },
        mark: {
          type: 'rect',
          aria: false, // a description of every square would double the file
          fill,
          stroke: status === 'missing' ? '#cccccc' : 'white',
          strokeWidth: cell < 9 ? 0.5 : 1,
        },
        encoding: { x: pixel('x'), x2: { field: 'x2' }, y: pixel('y'), y2: { field: 'y2' } },
      },
      ...symbols,
    ];
  });
}

/** How many runs are in which state, as a bar as long as there are seeds, the counts beside it. */
export function bars(settings: readonly SettingStatuses[], width: number, seeds: number): Layers {
  const values = settings.flatMap(({ label, statuses }, row) => {
    const counts = countsOf(statuses);
    let from = 0;
    return gridStatuses.flatMap((status) => {
      const count = counts.get(status) ?? 0;
      if (count === 0) return [];
      const x = (width * from) / seeds;
      from += count;
      return [
        {
          label,
          status,
          count,
          x,
          x2: (width * from) / seeds,
          y: ROW * row + 1,
          y2: ROW * (row + 1) - 1,
        },
      ];
    });
  });
  return gridStatuses.flatMap((status): Layers => {
    const own = values.filter((one) => one.status === status);
    const { fill, ink } = statusMarks[status];
    const wide = own.filter(({ x, x2, count }) => x2 - x > 7 * String(count).length + 4);
    const mark = { type: 'rect', fill, stroke: status === 'missing' ? '#999999' : fill, strokeWidth: 0.5 } as const;
    const encoding = { x: pixel('x'), x2: { field: 'x2' }, y: pixel('y'), y2: { field: 'y2' } } as const;
    const color = status === 'done' ? 'white' : ink;
    const numbers = wide.map(({ x, x2, y, count }) =>
      text(String(count), (x + x2) / 2, y + 6, { fontSize: 10, color }),
    );
    return own.length === 0 ? [] : [{ data: { values: own }, mark, encoding }, ...numbers];
  });
}
