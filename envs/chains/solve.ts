import { EnvError } from '../errors.ts';

/** Solves A x = b by elimination with row pivots; A [n x n] and b [n] are left as they are. */
export function solve(a: readonly (readonly number[])[], b: readonly number[]): Float64Array {
  const n = b.length;
  const rows = a.map((row, i) => Float64Array.of(...row, b[i]!));
  for (let k = 0; k < n; k++) {
    bringPivot(rows, k);
    for (let i = k + 1; i < n; i++) subtract(rows[i]!, rows[k]!, k);
  }
  const x = new Float64Array(n);
  for (let i = n - 1; i >= 0; i--) {
    let rest = rows[i]![n]!;
    for (let j = i + 1; j < n; j++) rest -= rows[i]![j]! * x[j]!;
    x[i] = rest / rows[i]![i]!;
  }
  return x;
}

function bringPivot(rows: Float64Array[], k: number): void {
  let best = k;
  for (let i = k + 1; i < rows.length; i++) if (Math.abs(rows[i]![k]!) > Math.abs(rows[best]![k]!)) best = i;
  if (Math.abs(rows[best]![k]!) < 1e-12) {
    throw new EnvError(
      'Cannot solve for the values: the equations are singular; a discount below 1 makes them regular',
    );
  }
  [rows[k], rows[best]] = [rows[best]!, rows[k]!];
}

function subtract(row: Float64Array, pivot: Float64Array, k: number): void {
  const factor = row[k]! / pivot[k]!;
  if (factor === 0) return;
  for (let j = k; j < row.length; j++) row[j]! -= factor * pivot[j]!;
}
