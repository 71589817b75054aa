/** Round numbers within [least, most]: about `count` of them, or the powers of ten of a logarithmic axis. */
export function ticks(least: number, most: number, count: number, isLog = false): number[] {
  if (isLog) {
    const first = Math.ceil(Math.log10(least) - 1e-9);
    const last = Math.floor(Math.log10(most) + 1e-9);
    const powers = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => Number(`1e${first + i}`));
    const every = Math.ceil(powers.length / (count + 2)); // not all of them, where they would crowd
    return powers.length > 1 ? powers.filter((_, i) => i % every === 0) : ticks(least, most, count);
  }
  const raw = (most - least) / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * ([1, 2, 5, 10].find((m) => m * power >= raw * 0.999) ?? 10);
  if (!(step > 0 && step < Infinity)) return []; // too near to each other, or too far, to be told apart
  const from = Math.ceil(least / step - 1e-9);
  const to = Math.floor(most / step + 1e-9);
  return Array.from({ length: to - from + 1 }, (_, i) => Number(((from + i) * step).toPrecision(12)));
}

/** Labels of the ticks of one axis: one unit for all of them, unless logarithmic, and as many digits as tell them apart. */
export function tickLabels(values: readonly number[], isLog = false): string[] {
  if (isLog) return values.flatMap((value) => tickLabels([value]));
  const most = Math.max(...values.map(Math.abs));
  const [by, unit] = most >= 1e6 ? [1e6, 'M'] : most >= 1e4 ? [1e3, 'k'] : [1, ''];
  for (let digits = 1; digits <= 9; digits++) {
    const labels = values.map((value) => labelOf(value / by, digits) + (value === 0 ? '' : unit));
    const isExact = values.every(
      (value, i) => Math.abs(Number.parseFloat(labels[i]!) * by - value) <= 1e-3 * Math.abs(value),
    );
    if (isExact && new Set(labels).size === new Set(values).size) return labels;
  }
  return values.map(String);
}

function labelOf(value: number, digits: number): string {
  const size = Math.abs(value);
  if (value !== 0 && size < 1e-3) return value.toExponential(digits - 1).replace(/\.?0+e/, 'e');
  return String(Number(value.toPrecision(digits)));
}
