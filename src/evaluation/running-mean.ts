/** A mean that grows by one number at a time. */
export interface Mean {
  add(value: number): void;
  value(): number | null; // null: of nothing
  count(): number;
  clear(): void;
  save(): number[];
  load(saved: readonly (number | null)[]): void;
}

export function createMean(): Mean {
  const sum = new Float64Array(1); // in an array, so that no number of a step reaches the heap
  let count = 0;
  return {
    add(value) {
      sum[0]! += value;
      count++;
    },
    value: () => (count === 0 ? null : sum[0]! / count),
    count: () => count,
    clear() {
      sum[0] = 0;
      count = 0;
    },
    save: () => [sum[0]!, count],
    load: ([s, c]) => {
      sum[0] = s ?? Infinity; // what JSON makes of a sum that has overflown
      count = c!;
    },
  };
}
