/** How the report writes numbers: three digits, no exponents where a reader wants none. */
export function digits(value: number | undefined): string {
  if (value === undefined) return '';
  const size = Math.abs(value);
  return size >= 100 ? Math.round(value).toString() : value.toPrecision(3);
}

/** ns per step, in the unit that fits. */
export function time(ns: number): string {
  return ns < 1e6 ? `${digits(ns / 1e3)} us` : `${digits(ns / 1e6)} ms`;
}

export function bytes(count: number): string {
  return count < 1e6 ? `${digits(count / 1e3)} kB` : `${digits(count / 1e6)} MB`;
}
