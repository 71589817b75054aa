import { mean } from './mean.ts';
import { standardError } from './standard-error.ts';
import { twoTails } from './student-t.ts';

export interface WelchTest {
  readonly t: number; // positive where x is larger
  readonly df: number;
  readonly p: number; // two-sided
}

/**
 * Welch's (1947) t test of equal means of x and y with variances of their own, e the standard errors:
 *
 *     t = (mean x - mean y)/sqrt(e_x^2 + e_y^2),   df = (e_x^2 + e_y^2)^2/(e_x^4/(n_x - 1) + e_y^4/(n_y - 1))
 *
 * All NaN where either has fewer than two values or one that is not finite, and where neither varies: without spread
 * there is nothing to hold the difference against.
 */
export function welchTest(x: ArrayLike<number>, y: ArrayLike<number>): WelchTest {
  const [errorX, errorY] = [standardError(x), standardError(y)];
  const scale = Math.max(errorX, errorY); // squares of tiny errors must not vanish
  if (!(scale > 0 && scale < Infinity)) return { t: NaN, df: NaN, p: NaN };
  const [squareX, squareY] = [(errorX / scale) ** 2, (errorY / scale) ** 2];
  const sum = squareX + squareY;
  const t = (mean(x) - mean(y)) / (scale * Math.sqrt(sum));
  const df = sum ** 2 / (squareX ** 2 / (x.length - 1) + squareY ** 2 / (y.length - 1));
  return { t, df, p: twoTails(Math.abs(t), df) };
}
