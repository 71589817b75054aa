/**
 * P(Z > z) of the standard normal, accurate to 1e-13 of its value: the series phi(z) sum z^(2k+1)/(1 3 ... (2k+1)) below
 * |z| = 3 (Abramowitz & Stegun 26.2.11), the continued fraction phi(z)/(z + 1/(z + 2/(z + 3/...))) above (26.2.14).
 */
export function normalTail(z: number): number {
  if (Number.isNaN(z)) return NaN;
  if (z < 0) return 1 - normalTail(-z);
  const density = Math.exp(-(z * z) / 2) / Math.sqrt(2 * Math.PI);
  return z < 3 ? 0.5 - density * series(z) : density / fraction(z);
}

function series(z: number): number {
  let sum = z;
  for (let term = z, k = 3; term > sum * 1e-17; k += 2) sum += term *= (z * z) / k;
  return sum;
}

function fraction(z: number): number {
  let value = z;
  for (let k = 150; k > 0; k--) value = z + k / value;
  return value;
}
