/** Looking into pictures: what is written in them, and what their compiler complains of. */
import { compile, type TopLevelSpec } from 'vega-lite';
import { renderSvg } from '../../src/plots/render-svg.ts';

/** All texts of a picture in document order. */
export async function textsIn(spec: TopLevelSpec): Promise<string[]> {
  const svg = await renderSvg(spec);
  return [...svg.matchAll(/<(?:text|tspan)[^>]*>([^<]+)<\/(?:text|tspan)>/g)].map((match) => match[1]!);
}

/** How often some words stand in a picture. */
export async function count(spec: TopLevelSpec, words: string): Promise<number> {
  return (await textsIn(spec)).filter((text) => text === words).length;
}

export function warningsOf(spec: TopLevelSpec): string[] {
  const warnings: string[] = [];
  const warn = (...words: unknown[]): void => void warnings.push(words.join(' '));
  const logger = { warn, error: warn, info: () => logger, debug: () => logger, level: () => logger };
  compile(spec, { logger: logger as never });
  return warnings;
}

/** Every object of a specification that has this key. */
export function having(spec: unknown, key: string): Record<string, unknown>[] {
  if (typeof spec !== 'object' || spec === null) return [];
  const below = Object.values(spec).flatMap((value) => having(value, key));
  return key in spec ? [spec as Record<string, unknown>, ...below] : below;
}

/** Rows of the data at the top of a specification. */
export function rowsOf<Row = Record<string, unknown>>(spec: TopLevelSpec): Row[] {
  return (spec as unknown as { data: { values: Row[] } }).data.values;
}

/** The ends of the axis of the first mark that has a scale with a domain of numbers there. */
export function domainIn(spec: TopLevelSpec, axis: 'x' | 'y'): [number, number] {
  const found = having(spec, axis)
    .map((encoding) => (encoding[axis] as { scale?: { domain?: unknown } }).scale?.domain)
    .find(Array.isArray);
  return found as [number, number];
}

/** 900 px wide, whole, and the same bytes when drawn twice: what every picture is held to. */
export async function faultsOf(make: () => TopLevelSpec): Promise<string[]> {
  const svg = await renderSvg(make());
  const faults = warningsOf(make()).map((words) => `warning: ${words}`);
  if (/NaN|Infinity|undefined/.test(svg)) faults.push('not a number');
  if (!(Number(/^<svg[^>]* width="([\d.]+)"/.exec(svg)?.[1]) <= 900)) faults.push('wider than 900 px');
  if ((await renderSvg(make())) !== svg) faults.push('differs when drawn twice');
  return faults;
}

/** Longer than anybody wants, twelve of them: more than there are colours. */
export const longNames = Array.from(
  { length: 12 },
  (_, i) => `a-method-with-a-long-name rule.metaStep=1e-${i} columns=${i}`,
);
