import { EnvError } from '../errors.ts';
import type { Rng } from '../rng.ts';
import { box, discrete, type Box, type Discrete } from '../spaces.ts';
import type { Bound, SpaceSaid } from './protocol.ts';

/** An element as it crosses: an integer, or numbers. */
export type Flat = number | Float64Array;

/** The space that bridge.py described. MultiDiscrete and MultiBinary are boxes of integers; see `whole`. */
export function spaceOf(id: string, said: SpaceSaid): Box | Discrete {
  if (said.kind === 'discrete') return discrete(said.n, said.start);
  if (said.kind === 'json') {
    throw new EnvError(
      `Cannot make environment python/${id}: ${said.text} has no flat form; use new AsyncPythonEnv and stepJson`,
    );
  }
  const made = box(bound(said.low), bound(said.high), said.shape);
  return said.whole ? whole(made, said.text) : { ...made, toString: () => said.text };
}

/** Only the integers of a box. */
function whole(made: Box, text: string): Box {
  const isElement = (x: unknown): x is Float64Array => made.contains(x) && x.every(Number.isInteger);
  const sample = (rng: Rng): Float64Array => made.low.map((low, i) => rng.integer(low, made.high[i]!));
  return { ...made, contains: isElement, sample, toString: () => text };
}

/** Numbers in an element, as it travels. */
export function countOf(said: SpaceSaid): number {
  if (said.kind === 'json') return 0;
  return said.kind === 'discrete' ? 1 : said.shape.reduce((product, side) => product * side, 1);
}

const bound = (said: Bound): number | number[] => (Array.isArray(said) ? said.map(number) : number(said as number));
const number = (x: number | string): number => (x === 'inf' ? Infinity : x === '-inf' ? -Infinity : Number(x));
