import type { BinRecord } from './bins.ts';

/** Mean squared error over the last `window` steps: count-weighted mean of the bins that end within it. */
export function finalScore(records: readonly BinRecord[], steps: number, window: number): number | null {
  let sum = 0;
  let count = 0;
  for (const record of records) {
    if (record.step <= steps - window) continue;
    sum += record.msre * record.count;
    count += record.count;
  }
  return count === 0 ? null : sum / count;
}
