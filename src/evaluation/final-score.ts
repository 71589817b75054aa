/** The error that a run ends with: mean squared error of the predictions made at time `from` and later, exactly. */
export interface FinalScore {
  add(time: number, squaredError: number): void;
  value(): number | null; // null: nothing was scored there
  save(): number[];
  load(saved: readonly (number | null)[]): void;
}

export function finalScore(from: number): FinalScore {
  let sum = 0;
  let count = 0;
  return {
    add(time, squaredError) {
      if (time < from) return;
      sum += squaredError;
      count++;
    },
    value: () => (count === 0 ? null : sum / count),
    save: () => [sum, count],
    load: ([s, c]) => {
      sum = s ?? Infinity; // what JSON makes of a sum that has overflown
      count = c!;
    },
  };
}
