/** What a line chart shows, whoever draws it: uPlot on the screen, svg-of.ts on paper, csv-of.ts as numbers. */
export interface Line {
  readonly label: string;
  readonly y: readonly (number | null)[]; // [x]; null: nothing there
  readonly low?: readonly (number | null)[]; // a band around it
  readonly high?: readonly (number | null)[];
  readonly color: number; // place in the palette
  readonly isFaint?: boolean; // one seed of several
  readonly lost?: number; // place in x of the last there is, since it diverged: marked
  readonly note?: string; // said beside its label
}

export interface Chart {
  readonly name: string; // of the files that it is saved as
  readonly title: string;
  readonly note?: string; // what there is to see, in a sentence or two
  readonly x: readonly number[]; // ascending
  readonly xTitle: string;
  readonly yTitle: string;
  readonly lines: readonly Line[];
  readonly isLog?: boolean; // y; what is not above 0 is left out
}

/** Of a line that ends because what it shows diverged. */
export const LOST = '∞';

/**
 * [least, most] of everything that is drawn; null: nothing is. Bands are cut off where no line ever goes below 0, and on a
 * logarithmic axis far below the lines, so that those keep their room.
 */
export function extent(chart: Chart): [number, number] | null {
  const lines = reach(chart, ({ y }) => [y]);
  const all = reach(chart, ({ y, low = [], high = [] }) => [y, low, high]);
  if (lines === null || all === null) return null;
  const floor = chart.isLog ? lines[0] / 3 : lines[0] >= 0 ? 0 : -Infinity;
  const [least, most] = [Math.max(floor, all[0]), all[1]];
  if (least < most) return [least, most];
  return chart.isLog ? [least / 2, least * 2] : [least - 0.5, least + 0.5];
}

function reach(chart: Chart, of: (line: Line) => readonly (readonly (number | null)[])[]): [number, number] | null {
  let least = Infinity;
  let most = -Infinity;
  for (const line of chart.lines) {
    for (const values of of(line)) {
      for (const value of values) {
        if (value === null || !Number.isFinite(value) || (chart.isLog && value <= 0)) continue;
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }
  }
  return least > most ? null : [least, most];
}
