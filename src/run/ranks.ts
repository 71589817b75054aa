/**
 * Hoare's selection: what would stand at a rank if the values were sorted, without sorting them all. They are reordered:
 * none before the rank is greater, none after it less, so that the next search can begin or end there.
 */
export function valueOfRank(values: Float64Array, rank: number, from = 0, to = values.length - 1): number {
  let low = from;
  let high = to;
  while (low < high) {
    const pivot = values[(low + high) >> 1]!;
    let i = low;
    let j = high;
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i > j) break;
      const held = values[i]!;
      values[i++] = values[j]!;
      values[j--] = held;
    }
    if (rank <= j) high = j;
    else if (rank >= i) low = i;
    else break; // between the two all are equal to the pivot
  }
  return values[rank]!;
}
