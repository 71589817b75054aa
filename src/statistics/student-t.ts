import { UserError } from '../user-error.ts';
import { betaKernel, incompleteBeta } from './incomplete-beta.ts';

/**
 * Student's t with df degrees of freedom (any df > 0), by the incomplete beta function:
 *
 *     P(|T| >= t) = I_x(df/2, 1/2),   x = df/(df + t^2)
 *
 * NaN where t or df is NaN, or df is not positive and finite.
 */
export function studentT(t: number, df: number): number {
  const tail = twoTails(Math.abs(t), df) / 2;
  return t > 0 ? 1 - tail : tail;
}

/** P(|T| >= t), t >= 0: the two-sided p-value, accurate however small. */
export function twoTails(t: number, df: number): number {
  const { x, y } = shares(t, df);
  return incompleteBeta(df / 2, 0.5, x, y);
}

/**
 * The value that T exceeds with probability 1 - p: Newton's method between bounds, on the smaller one of P(|T| >= t) and
 * P(|T| < t). Relative accuracy 1e-10 or better for df from 1 to 1e6 and p no nearer to 0 or 1 than 1e-100.
 */
export function studentTQuantile(p: number, df: number): number {
  if (!(p >= 0 && p <= 1)) throw new UserError(`Cannot take a quantile: p must lie in [0, 1], got ${p}`);
  if (!(df > 0 && df < Infinity)) return NaN;
  if (p === 0 || p === 1) return p === 0 ? -Infinity : Infinity;
  if (p === 0.5) return 0;
  return p < 0.5 ? -upper(p, df) : upper(1 - p, df);
}

/** t > 0 with P(T >= t) = q, 0 < q < 1/2. */
function upper(q: number, df: number): number {
  const excess = (t: number): number => {
    const { x, y } = shares(t, df);
    return q < 0.25 ? incompleteBeta(df / 2, 0.5, x, y) - 2 * q : 1 - 2 * q - incompleteBeta(0.5, df / 2, y, x);
  };
  let low = 0;
  let high = 1;
  for (; excess(high) > 0; high *= 2) low = high;
  let t = (low + high) / 2;
  for (let i = 0; i < 200; i++) {
    const error = excess(t);
    if (error > 0) low = t;
    else high = t;
    const { x, y } = shares(t, df);
    const newton = t + (error * t) / (2 * betaKernel(df / 2, 0.5, x, y)); // dP(|T| >= t)/dt = -2 kernel/t
    const next = newton > low && newton < high ? newton : (low + high) / 2;
    if (Math.abs(next - t) <= 2 ** -51 * t) return next;
    t = next;
  }
  return t;
}

/** df/(df + t^2) and t^2/(df + t^2). */
function shares(t: number, df: number): { x: number; y: number } {
  const ratio = t / Math.sqrt(df);
  return ratio > 1 ? { x: 1 / ratio ** 2 / (1 + 1 / ratio ** 2), y: 1 / (1 + 1 / ratio ** 2) } : near(ratio ** 2);
}

const near = (square: number): { x: number; y: number } => ({ x: 1 / (1 + square), y: square / (1 + square) });
