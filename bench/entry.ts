/** One line of the answer. A ratio is THEIR time / OURS; who was not there has none. */
export const RATIOS = [
  'reference',
  'cpp',
  'handFused',
  'torchEager',
  'torchCompile',
  'jax',
  'roofline', // the least time the machine could need / ours: the fraction reached
] as const;

export type RatioName = (typeof RATIOS)[number];
export type Ratios = Partial<Record<RatioName, number>>;

export interface Entry {
  readonly name: string; // cell/estimator/rule, the relaxed module with /relaxed behind it
  readonly size: string; // units x inputs
  readonly nsPerStep: number;
  readonly nsPerParameter: number;
  readonly ratios: Ratios;
}

/** The list as JSON, four digits a number. */
export function toJson(entries: readonly Entry[]): string {
  const digits = (value: number): number => Number(value.toPrecision(4));
  const lines = entries.map(({ name, size, nsPerStep, nsPerParameter, ratios }) => {
    const present = Object.entries(ratios).map(([key, value]) => [key, digits(value)] as const);
    return JSON.stringify({
      name,
      size,
      nsPerStep: digits(nsPerStep),
      nsPerParameter: digits(nsPerParameter),
      ratios: Object.fromEntries(present),
    });
  });
  return `[\n${lines.join(',\n')}\n]`;
}
