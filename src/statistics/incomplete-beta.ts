/**
 * Regularised incomplete beta function I_x(a, b), a, b > 0, and y = 1 - x, to be given where it is known better than by
 * that subtraction. The continued fraction is DLMF 8.17.22, evaluated by Lentz's method on the side on which it
 * converges fast (in O(sqrt(max(a, b))) terms); relative accuracy about 1e-12 for a and b up to 1e6.
 */
export function incompleteBeta(a: number, b: number, x: number, y = 1 - x): number {
  if (!(a > 0 && b > 0 && a + b < Infinity && x >= 0 && y >= 0)) return NaN;
  if (x === 0 || y === 0) return x === 0 ? 0 : 1;
  return x <= (a + 1) / (a + b + 2) ? fromBelow(a, b, x, y) : 1 - fromBelow(b, a, y, x);
}

/**
 * x^a y^b / B(a, b). Logarithms of gamma functions of 1e6 would cancel to 9 digits; so, as for binomial probabilities
 * (Loader 2000, "Fast and accurate computation of binomial probabilities"), Stirling's errors and deviances are summed
 * instead: small terms that stay small.
 */
export function betaKernel(a: number, b: number, x: number, y: number): number {
  const n = a + b;
  const excess = a * y - b * x; // a - n x, without its cancellation
  const errors = stirlingError(n) - stirlingError(a) - stirlingError(b);
  return (
    Math.sqrt((a * b) / (2 * Math.PI * n)) * Math.exp(errors - deviance(a, n * x, excess) - deviance(b, n * y, -excess))
  );
}

function fromBelow(a: number, b: number, x: number, y: number): number {
  let numerator = 1;
  let denominator = 0;
  let value = 1;
  const term = (coefficient: number): number => {
    denominator = 1 / away(1 + coefficient * denominator);
    numerator = away(1 + coefficient / numerator);
    return numerator * denominator;
  };
  for (let m = 0; m < MOST_TERMS; m++) {
    const odd = term((-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1)));
    const even = term(((m + 1) * (b - m - 1) * x) / ((a + 2 * m + 1) * (a + 2 * m + 2)));
    value *= odd * even;
    if (Math.abs(odd * even - 1) < Number.EPSILON) break;
  }
  return betaKernel(a, b, x, y) / (a * value);
}

const MOST_TERMS = 1e6;
const TINY = 1e-300; // Lentz's stand-in for a zero that would be divided by
const away = (value: number): number => (Math.abs(value) < TINY ? TINY : value);

/** log Gamma(n + 1) less Stirling's formula, log(sqrt(2 pi n) (n/e)^n); by recurrence up to where the series is exact. */
function stirlingError(n: number): number {
  let error = 0;
  let k = n;
  for (; k < 16; k++) error += (k + 0.5) * Math.log1p(1 / k) - 1;
  const s = 1 / (k * k);
  return error + (1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * (1 / 1680 - s / 1188)))) / k;
}

/** k log(k/m) + m - k for k - m = excess: by its series in excess/(k + m) near zero, where the terms would cancel. */
function deviance(k: number, m: number, excess: number): number {
  if (Math.abs(excess) > 0.1 * (k + m)) return k * Math.log(k / m) - excess;
  const v = excess / (k + m);
  let sum = excess * v;
  let power = 2 * k * v;
  for (let j = 3; j < 30; j += 2) sum += (power *= v * v) / j; // v^2 <= .01
  return sum;
}
