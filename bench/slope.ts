/** How fast a cost grows: the slope of the least-squares line through (log x, log y). */
export function logSlope(x: readonly number[], y: readonly number[]): number {
  if (x.length !== y.length || x.length < 2) throw new Error(`No line through ${x.length} and ${y.length} numbers`);
  const u = x.map(Math.log);
  const v = y.map(Math.log);
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [centreU, centreV] = [mean(u), mean(v)];
  const dot = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, each, i) => sum + each * b[i]!, 0);
  const du = u.map((value) => value - centreU);
  const dv = v.map((value) => value - centreV);
  return dot(du, dv) / dot(du, du);
}

/** y at x on the polygon through the points in logarithmic axes; beyond its ends, the end's value. `x` ascends. */
export function logInterpolate(points: readonly (readonly [x: number, y: number])[], at: number): number {
  const after = points.findIndex(([x]) => x >= at);
  if (after === 0) return points[0]![1];
  if (after === -1) return points.at(-1)![1];
  const [[x0, y0], [x1, y1]] = [points[after - 1]!, points[after]!];
  return y0 * (y1 / y0) ** (Math.log(at / x0) / Math.log(x1 / x0));
}
