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
  let end = width; // of the bin
  let count = 0;
  const sum = new Float64Array(1); // in an array, so that no number of a step reaches the heap
  const close = (): void => {
    if (count > 0) emit({ step: end, msre: sum[0]! / count, count });
    sum[0] = 0;
    count = 0;
  };
  const open = (bin: number): void => {
    index = bin;
    end = (bin + 1) * width;
  };
  return {
    add(time, squaredError) {
      if (time >= end) {
        close();
        open(Math.floor(time / width));
      }
      sum[0]! += squaredError;
      count++;
    },
    finish: close,
    save: () => [index, sum[0]!, count],
    load: ([i, s, c]) => {
      open(i!);
      sum[0] = s ?? Infinity; // what JSON makes of a sum that has overflown
      count = c!;
    },
  };
}
