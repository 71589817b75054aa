/** How many seconds a run had taken at each of its steps, from its timing.jsonl. */
import { join } from 'node:path';
import { readMetrics } from '../results/metrics-file.ts';
import { UserError } from '../user-error.ts';

/** Seconds at `steps`, ascending, between the rows in proportion; NaN where the file tells nothing. */
export function secondsAt(folder: string, steps: ArrayLike<number>): number[] {
  const rows = timesOf(folder);
  let at = 0;
  return Array.from(steps, (step) => {
    while (at < rows.length && rows[at]!.step < step) at++;
    const [before, after] = [rows[at - 1] ?? { step: 0, seconds: 0 }, rows[at]];
    if (after === undefined) return rows.length === 0 ? NaN : (before.seconds * step) / before.step;
    const part = after.step === before.step ? 1 : (step - before.step) / (after.step - before.step);
    return before.seconds + part * (after.seconds - before.seconds);
  });
}

/** The clock of a run starts anew where it is resumed. */
function timesOf(folder: string): { step: number; seconds: number }[] {
  let [passed, last] = [0, 0];
  const rows = readRows(join(folder, 'timing.jsonl')).flatMap(({ step, seconds }) => {
    if (typeof seconds !== 'number') return [];
    if (seconds < last) passed += last;
    last = seconds;
    return [{ step, seconds: passed + seconds }];
  });
  return rows.sort((a, b) => a.step - b.step);
}

function readRows(path: string) {
  try {
    return readMetrics(path);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return []; // a picture less, no figure of a table
  }
}
