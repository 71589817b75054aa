/** What a line chart shows, whoever draws it: uPlot on the screen, svg-of.ts on paper, csv-of.ts as numbers. */
export interface Line {
  readonly label: string;
  readonly y: readonly (number | null)[]; // [x]; null: nothing there
  readonly low?: readonly (number | null)[]; // a band around it
  readonly high?: readonly (number | null)[];
  readonly color: number; // place in the palette
  readonly isFaint?: boolean; // one seed of several
  readonly isStepped?: boolean;
}

export interface Chart {
  readonly name: string; // of the files that it is saved as
  readonly title: string;
  readonly x: readonly number[]; // ascending
  readonly xTitle: string;
  readonly yTitle: string;
  readonly lines: readonly Line[];
  readonly isLog?: boolean; // y; what is not above 0 is left out
}

/** [least, most] of everything that is drawn; null: nothing is. */
export function extent(chart: Chart): [number, number] | null {
  let least = Infinity;
  let most = -Infinity;
  for (const { y, low = [], high = [] } of chart.lines) {
    for (const values of [y, low, high]) {
      for (const value of values) {
        if (value === null || !Number.isFinite(value) || (chart.isLog && value <= 0)) continue;
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }
  }
  if (least > most) return null;
  if (least < most) return [least, most];
  return chart.isLog ? [least / 2, least * 2] : [least - 0.5, least + 0.5];
}
