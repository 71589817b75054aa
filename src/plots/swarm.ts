/**
 * How far each dot of a row is moved up or down so that none lies on another: in the order of their places, each to the
 * height nearest the middle that is free. Where there is no room left they do lie on each other.
 */
export function swarm(xs: readonly number[], size: number, most: number): number[] {
  const heights = [0];
  for (let step = size; step <= most; step += size) heights.push(-step, step);
  const order = xs.map((_, i) => i).sort((a, b) => xs[a]! - xs[b]! || a - b);
  const lastAt = heights.map(() => -Infinity); // x of the last dot at each height
  const lifts = xs.map(() => 0);
  for (const i of order) {
    const free = heights.findIndex((_, k) => xs[i]! - lastAt[k]! >= size);
    const best = free >= 0 ? free : lastAt.indexOf(Math.min(...lastAt));
    lastAt[best] = xs[i]!;
    lifts[i] = heights[best]!;
  }
  return lifts;
}
