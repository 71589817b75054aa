/** The digits that may carry a tick, coarse to fine. */
const DIGITS = [[1], [1, 2, 5], [1, 2, 3, 5, 7]] as const;

/**
 * Tick values for a log axis from low to high, about 4 to 10 of them: powers of ten where there are enough (every
 * second, third ... where there are many), else 1-2-5 steps, else 1-2-3-5-7, else evenly spaced round numbers.
 */
export function logTicks(low: number, high: number): number[] {
  const first = Math.floor(Math.log10(low));
  const last = Math.ceil(Math.log10(high));
  const exponents = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  for (const digits of DIGITS) {
    const ticks = exponents
      .flatMap((exponent) => digits.map((digit) => decimal(digit, exponent)))
      .filter((value) => value >= low && value <= high);
    if (ticks.length < 4) continue;
    const stride = Math.ceil(ticks.length / 10);
    return ticks.filter((_, i) => i % stride === 0);
  }
  return roundTicks(low, high);
}

/** Multiples of a round step (1, 2 or 5 times a power of ten) inside [low, high], 4 to 10 of them. */
function roundTicks(low: number, high: number): number[] {
  const rough = (high - low) / 8;
  const exponent = Math.floor(Math.log10(rough));
  const digit = [1, 2, 5, 10].find((d) => decimal(d, exponent) >= rough) ?? 10;
  const step = decimal(digit, exponent);
  const start = Math.ceil(low / step);
  const count = Math.floor(high / step) - start + 1;
  return Array.from({ length: Math.max(0, count) }, (_, i) => decimal(digit * (start + i), exponent));
}

/** digit x 10^exponent as the nearest double to that decimal: 3e-1 and not 0.30000000000000004. */
function decimal(digit: number, exponent: number): number {
  return Number(`${digit}e${exponent}`);
}
