import type { Examples } from '../support/regression-bed.ts';

/** RMSE of the Kalman filter that takes the first `walking` weights for random walks; all variances are 1. */
export function kalmanError(stream: Examples, how: { walking: number; examples: number; from: number }): number {
  const n = stream.size;
  const [x, w, gain] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  const P = new Float64Array(n * n);
  let sum = 0;
  for (let t = 0; t < how.examples; t++) {
    for (let i = 0; i < how.walking; i++) P[i * n + i]! += 1;
    const y = stream.next(x);
    let [error, variance] = [y, 1];
    for (let i = 0; i < n; i++) {
      error -= w[i]! * x[i]!;
      gain[i] = 0;
      for (let j = 0; j < n; j++) gain[i]! += P[i * n + j]! * x[j]!;
      variance += gain[i]! * x[i]!;
    }
    for (let i = 0; i < n; i++) {
      w[i]! += (gain[i]! / variance) * error;
      for (let j = 0; j < n; j++) P[i * n + j]! -= (gain[i]! * gain[j]!) / variance;
    }
    if (t >= how.from) sum += error * error;
  }
  return Math.sqrt(sum / (how.examples - how.from));
}
