export interface Distinct {
  readonly values: Int32Array; // each once, ascending
  readonly of: Int32Array; // [list] index of each in values
}

/**
 * The different numbers of a list. Much of pre may be read by no row, as the c of an LSTM, and much of theta belong to
 * rows that another estimator has: who keeps a number per source or parameter need not keep those.
 */
export function distinct(list: ArrayLike<number>): Distinct {
  const values = Int32Array.from(new Set(Array.from(list))).sort();
  const at = new Map([...values].map((value, i) => [value, i]));
  return { values, of: Int32Array.from(list, (value) => at.get(value)!) };
}
