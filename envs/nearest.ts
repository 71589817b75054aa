/**
 * The known name with the smallest edit distance (insert, delete, replace, swap of neighbours), or null where none is
 * close: more than a third of the letters would have to change.
 */
export function nearest(name: string, known: readonly string[]): string | null {
  let best: string | null = null;
  let least = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const candidate of known) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** The tail of every "cannot find" message: `did you mean "trace-patterning"? Known: cycle-world, trace-patterning`. */
export function suggest(name: string, known: readonly string[]): string {
  const guess = nearest(name, known);
  const list = known.length === 0 ? 'none' : known.join(', ');
  return guess === null ? `known: ${list}` : `did you mean "${guess}"? Known: ${list}`;
}

/** Optimal string alignment distance, three rows of the table at a time. */
export function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + change);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) row[j] = Math.min(row[j]!, before[j - 2]! + 1);
    }
    before = above;
    above = row;
  }
  return above[b.length]!;
}
