/** X of A X = B, by elimination with row exchanges; A is [n x n], B has any number of columns. */
export function solve(A: readonly ArrayLike<number>[], B: readonly ArrayLike<number>[]): number[][] {
  const n = A.length;
  const rows = A.map((row, i) => [...Array.from(row), ...Array.from(B[i]!)]);
  for (let i = 0; i < n; i++) {
    let pivot = i;
    for (let r = i + 1; r < n; r++) if (Math.abs(rows[r]![i]!) > Math.abs(rows[pivot]![i]!)) pivot = r;
    [rows[i], rows[pivot]] = [rows[pivot]!, rows[i]!];
    for (let r = 0; r < n; r++) {
      if (r === i) continue;
      const factor = rows[r]![i]! / rows[i]![i]!;
      for (let j = i; j < rows[r]!.length; j++) rows[r]![j]! -= factor * rows[i]![j]!;
    }
  }
  return rows.map((row, i) => row.slice(n).map((value) => value / row[i]!));
}
