/** From numbers to shares of a colour scale. */

/** [least, most] of what is finite; [0, 1] where nothing is. */
export function rangeOf(rows: readonly (readonly number[])[]): [number, number] {
  let least = Infinity;
  let most = -Infinity;
  for (const row of rows) {
    for (const value of row) {
      if (!Number.isFinite(value)) continue;
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
  }
  return least > most ? [0, 1] : [least, most];
}

/** Where nothing differs, and of what is no number, the least colour. */
export function shareIn([least, most]: readonly [number, number]): (value: number) => number {
  const width = most - least;
  return (value) => (width > 0 && Number.isFinite(value) ? (value - least) / width : 0);
}
