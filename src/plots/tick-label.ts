/** Numbers on axes: three digits as a rule, powers of ten as 1e-4 and not as 0.00010000000000000002. */

/** For names of steps that are no axis of numbers. */
export function tickLabel(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e5) return String(value);
  const [digits, power] = value.toExponential(2).split('e') as [string, string];
  return size < 1e-3 || size >= 1e5 ? `${Number(digits)}e${Number(power)}` : String(Number(value.toPrecision(3)));
}

/** The same on an axis of numbers, as an expression of Vega. */
export const tickExpression =
  "datum.value !== 0 && (abs(datum.value) < 0.001 || abs(datum.value) >= 100000) ? replace(format(datum.value, '~e'), '+', '') : format(datum.value, '~g')";
