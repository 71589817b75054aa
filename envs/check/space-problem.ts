/** What is wrong with a space, in one line; null where nothing is. */
import { createRng } from '../rng.ts';
import type { Space } from '../spaces.ts';
import { byKind } from '../spaces/any-space.ts';
import { productOf } from '../spaces/nested.ts';

/** Tries the parts first: a Tuple is as good as what it holds. */
export function spaceProblem<T>(name: string, space: Space<T>): string | null {
  return partsProblem(name, space) ?? sizeProblem(name, space) ?? sampleProblem(name, space);
}

function partsProblem(name: string, given: Space<unknown>): string | null {
  for (const [part, space] of partsOf(given)) {
    const problem = spaceProblem(`${name}${part}`, space);
    if (problem !== null) return problem;
  }
  const isEmpty = (given.kind === 'tuple' || given.kind === 'dict') && partsOf(given).length === 0;
  return isEmpty ? `${name} is an empty ${given.kind === 'tuple' ? 'Tuple' : 'Dict'}` : null;
}

function partsOf(given: Space<unknown>): (readonly [name: string, space: Space<unknown>])[] {
  const space = byKind(given);
  switch (space.kind) {
    case 'tuple':
    case 'one-of':
      return space.spaces.map((part, i) => [`.spaces[${i}]`, part]);
    case 'dict':
      return space.keys.map((key) => [`.spaces.${key}`, space.spaces[key]!]);
    case 'sequence':
      return [['.featureSpace', space.featureSpace]];
    case 'graph': {
      const nodes = ['.nodeSpace', space.nodeSpace] as const;
      return space.edgeSpace === null ? [nodes] : [nodes, ['.edgeSpace', space.edgeSpace]];
    }
    default:
      return [];
  }
}

function sizeProblem(name: string, space: Space<unknown>): string | null {
  const { size, isFlattenable } = space;
  if (!isFlattenable) return size === 0 ? null : `${name}.size is ${size}, without a flat form it is 0`;
  if (!Number.isSafeInteger(size) || size < 1) return `${name}.size is ${size}`;
  const [expected, source] = expectedSize(space);
  return size === expected ? null : `${name}.size is ${size}, its ${source} ${expected}`;
}

function expectedSize(given: Space<unknown>): [size: number, source: string] {
  const space = byKind(given);
  switch (space.kind) {
    case 'box':
    case 'multi-binary':
      return [productOf(space.shape), 'shape makes'];
    case 'discrete':
      return [space.n, 'n is'];
    case 'multi-discrete':
      return [space.nvec.reduce((sum, n) => sum + n, 0), 'counts make'];
    case 'text':
      return [space.maxLength, 'maxLength is'];
    case 'tuple':
    case 'dict':
      return [partsOf(given).reduce((sum, [, part]) => sum + part.size, 0), 'parts make'];
    case 'one-of':
      return [1 + Math.max(...space.spaces.map((part) => part.size)), 'index and widest part make'];
    default:
      return [given.size, 'size is']; // a kind of your own
  }
}

function sampleProblem<T>(name: string, space: Space<T>): string | null {
  const rng = createRng('check/spaces');
  for (let i = 0; i < 20; i++) {
    const sample = space.sample(rng);
    if (!space.contains(sample)) return `${name} does not contain its own sample`;
    if (!space.isFlattenable) continue;
    const out = new Float64Array(space.size).fill(NaN);
    space.flatten(sample, out);
    if (!out.every(Number.isFinite)) return `${name}.flatten leaves entries unwritten`;
  }
  return null;
}
