/**
 * Natural logarithm of a positive normal number, the very one of the C library that NumPy's wheels for Linux use (glibc
 * from 2.28 on, on processors with fused multiply-add): JavaScript's own differs from it in the last digit at 7 % of all
 * arguments, and the legacy normal passes that on. Method and figures: Arm's optimized routines (log-tables.ts).
 *
 *     x = 2^k z, log x = log(1 + r) + log c + k log 2 with r = z / c - 1, c near the middle of z's of 128 intervals;
 *
 * near 1 a polynomial of x - 1 alone.
 */
import { inverseAndLog, ln2High, ln2Low, nearOne, polynomial } from './log-tables.ts';

const [a0, a1, a2, a3, a4] = polynomial;
const [b1, b2, b3, b4, b5, b6, b7, b8, b9, b10] = nearOne;
const float = new Float64Array(1);
const words = new Uint32Array(float.buffer);
const highWord = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0;

export function log(x: number): number {
  if (x >= 1 - 2 ** -4 && x < 1 + 265 * 2 ** -12) return logNearOne(x - 1);
  float[0] = x;
  const top = words[highWord]!;
  const offset = (top - 0x3fe60000) | 0;
  const interval = (offset >>> 13) & 127;
  const k = offset >> 20;
  words[highWord] = top - (k << 20);
  const r = fma(float[0], inverseAndLog[2 * interval]!, -1);
  const logC = k * ln2High + inverseAndLog[2 * interval + 1]!;
  const sum = logC + r;
  const rest = fma(k, ln2Low, logC - sum + r);
  const r2 = r * r;
  const p = fma(r2, fma(r, a4, a3), fma(r, a2, a1));
  return fma(r * r2, p, fma(r2, a0, rest)) + sum;
}

/** log(1 + r) = r - r^2 / 2 + r^3 p(r), the square in two parts. */
function logNearOne(r: number): number {
  const r2 = r * r;
  const r3 = r * r2;
  const p7 = fma(r3, b10, fma(r2, b9, fma(r, b8, b7)));
  const p4 = fma(r3, p7, fma(r2, b6, fma(r, b5, b4)));
  const p = fma(r3, p4, fma(r2, b3, fma(r, b2, b1)));
  const shifted = r * 2 ** 27;
  const high = r + shifted - shifted;
  const half = -0.5 * high * high;
  const sum = r + half;
  const rest = fma(-0.5 * (r - high), high + r, r - sum + half);
  return fma(r3, p, rest) + sum;
}

/** a b + c with one rounding but for rare double ones (Dekker's product, Knuth's sum). */
function fma(a: number, b: number, c: number): number {
  const product = a * b;
  const aHigh = upperHalf(a);
  const bHigh = upperHalf(b);
  const aLow = a - aHigh;
  const bLow = b - bHigh;
  const lost = aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
  const sum = product + c;
  const part = sum - product;
  return sum + (product - (sum - part) + (c - part) + lost);
}

/** The upper 26 bits. */
function upperHalf(a: number): number {
  const far = (2 ** 27 + 1) * a;
  return far - (far - a);
}
