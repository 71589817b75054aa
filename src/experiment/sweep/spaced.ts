/** Points of a line and of a logarithmic one, as a person would write them: 12 significant digits, so 0.001 is 0.001. */
export const tidy = (value: number): number => Number(value.toPrecision(12));

/** `points` of them, both ends included; downwards where `to` is below `from`. */
export function evenly(from: number, to: number, points: number): number[] {
  return Array.from({ length: points }, (_, i) => tidy(from + ((to - from) * i) / (points - 1)));
}

/** The same ratio between any two neighbours; both above 0. */
export function byRatio(from: number, to: number, points: number): number[] {
  return Array.from({ length: points }, (_, i) => tidy(from * (to / from) ** (i / (points - 1))));
}

/** Powers of `base`: of every whole exponent from the first to the last, unless a number of points is said. */
export function powers(base: number, from: number, to: number, points = Math.abs(to - from) + 1): number[] {
  const exponents = points === 1 ? [from] : evenly(from, to, points);
  return exponents.map((exponent) => tidy(base ** exponent));
}
