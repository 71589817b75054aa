/** Numbers and times for people. */

/** Four digits, without a row of zeros. */
export function showNumber(value: number | null | undefined): string {
  if (value === null || value === undefined) return '–';
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e15) return grouped(value);
  if (size >= 1e6 || size < 1e-4) return value.toExponential(2);
  return String(Number(value.toPrecision(4)));
}

const english = new Intl.NumberFormat('en-US'); // made once: a call of toLocaleString makes one each time
const grouped = (value: number): string => english.format(value).replaceAll(',', '\u202f');

export function showTime(iso: string | number): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? String(iso) : date.toISOString().slice(0, 19).replace('T', ' ');
}

/** What a file holds where a word is meant: String() of an object calls what the object says. */
export const showWord = (value: unknown): string =>
  typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);

const UNITS = [
  [86400, 'd'],
  [3600, 'h'],
  [60, 'min'],
] as const;

export function showSeconds(seconds: number): string {
  for (const [size, unit] of UNITS) if (seconds >= size) return `${(seconds / size).toFixed(1)} ${unit}`;
  return `${seconds.toFixed(1)} s`;
}
