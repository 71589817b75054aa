/** Means over consecutive stretches of time: one record per bin, in order, as soon as a later bin begins. */
export interface BinRecord {
  readonly step: number; // end of the bin: the mean covers [step - width, step)
  readonly msre: number; // mean squared error over the bin
  readonly count: number; // predictions scored in it
}

export interface Bins {
  add(time: number, squaredError: number): void;
  finish(): void;
  save(): number[];
  load(saved: readonly (number | null)[]): void;
}

/** Times must not decrease; empty bins leave no record. */
export function bins(width: number, emit: (record: BinRecord) => void): Bins {
  let index = 0;
  let sum = 0;
  let count = 0;
  const close = (): void => {
    if (count > 0) emit({ step: (index + 1) * width, msre: sum / count, count });
    sum = 0;
    count = 0;
  };
  return {
    add(time, squaredError) {
      const bin = Math.floor(time / width);
      if (bin !== index) close();
      index = bin;
      sum += squaredError;
      count++;
    },
    finish: close,
    save: () => [index, sum, count],
    load: ([i, s, c]) => {
      index = i!;
      sum = s ?? Infinity; // what JSON makes of a sum that has overflown
      count = c!;
    },
  };
}
