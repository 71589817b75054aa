/** gamma by inter-stimulus interval, as tabulated by Rafiee et al. (exp.py). */
const table = new Map([
  [4, 0.75],
  [5, 0.8],
  [10, 0.9],
  [20, 0.95],
  [30, 0.966],
  [40, 0.975],
  [80, 0.9875],
]);

/** gamma = 1 - 1/ISI, so that the question reaches about as far as the US; 30 has the published rounding. */
export function isiDiscount(isi: number): number {
  return table.get(isi) ?? 1 - 1 / isi;
}
