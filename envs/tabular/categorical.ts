/** Running sums of probabilities, added from the left as NumPy's cumsum does. */
export function cumulative(probabilities: readonly number[]): Float64Array {
  let sum = 0;
  return Float64Array.from(probabilities, (p) => (sum += p));
}

/** The first entry whose running sum exceeds u; as in Gymnasium the first of all where rounding leaves none. */
export function pick(sums: Float64Array, u: number): number {
  for (let i = 0; i < sums.length; i++) if (sums[i]! > u) return i;
  return 0;
}

/** Equal probabilities for the entries that are marked, 0 for the others. */
export function uniformOver(marked: readonly boolean[]): number[] {
  const share = 1 / marked.filter(Boolean).length;
  return marked.map((isMarked) => (isMarked ? share : 0));
}
