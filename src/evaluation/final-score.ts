/** The error that a run ends with: mean squared error of the predictions made at time `from` and later, exactly. */
export interface FinalScore {
  add(time: number, squaredError: number): void;
  value(): number | null; // null: nothing was scored there
  save(): number[];
  load(saved: readonly (number | null)[]): void;
}

export function finalScore(from: number): FinalScore {
  const sum = new Float64Array(1); // in an array, so that no number of a step reaches the heap
  let count = 0;
  return {
    add(time, squaredError) {
      if (time < from) return;
      sum[0]! += squaredError;
      count++;
    },
    value: () => (count === 0 ? null : sum[0]! / count),
    save: () => [sum[0]!, count],
    load: ([s, c]) => {
      sum[0] = s ?? Infinity; // what JSON makes of a sum that has overflown
      count = c!;
    },
  };
}
