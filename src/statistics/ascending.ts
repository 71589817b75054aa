/** Up to this length sorting by insertion takes less time than the call of the built-in sort. */
const SHORT = 64;

/** A copy of values [n] in ascending order, NaN last. Bootstraps sort hundreds of thousands of short samples. */
export function ascending(values: ArrayLike<number>): Float64Array {
  const sorted = new Float64Array(values);
  if (sorted.length > SHORT) return sorted.sort();
  for (let i = 0; i < sorted.length; i++) {
    const value = sorted[i]!;
    if (Number.isNaN(value)) return sorted.sort(); // no comparison finds its place
    let place = i;
    for (; place > 0 && sorted[place - 1]! > value; place--) sorted[place] = sorted[place - 1]!;
    sorted[place] = value;
  }
  return sorted;
}
