/** Values of spaces as golden/spaces_json.py writes them, and the plain form in which answers are compared. */
import type { Element, SampleOptions, Space } from '../spaces.ts';
import { byKind } from '../spaces/any-space.ts';
import { numberToJson } from '../spaces/nested.ts';

/** The value that a golden file describes. */
export function decode(spec: unknown): Element {
  if (typeof spec !== 'object' || spec === null) return spec as Element;
  const [kind, value] = Object.entries(spec)[0]!;
  switch (kind) {
    case 'f64':
      return Float64Array.from(value as unknown[], Number);
    case 'i32':
      return Int32Array.from(value as number[]);
    case 'i8':
      return Int8Array.from(value as number[]);
    case 'i64':
      return value as number[];
    case 'tuple':
      return (value as unknown[]).map(decode);
    case 'dict':
      return Object.fromEntries(Object.entries(value as object).map(([key, part]) => [key, decode(part)]));
    case 'graph': {
      const [nodes, edges, edgeLinks] = (value as unknown[]).map(decode);
      return { nodes, edges, edgeLinks };
    }
    default:
      throw new Error(`no value of kind ${kind}`);
  }
}

/** How to sample: masks and probabilities decoded, counts as they are. */
export function decodeHow(how: Readonly<Record<string, unknown>>): SampleOptions {
  return Object.fromEntries(Object.entries(how).map(([key, spec]) => [key, decode(spec)]));
}

/** Arrays as lists, numbers as JSON has them; a graph as [nodes, edges, links]. */
export function plain(x: unknown): unknown {
  if (typeof x === 'number') return numberToJson(x);
  if (typeof x !== 'object' || x === null) return x;
  if (ArrayBuffer.isView(x)) return Array.from(x as Float64Array, numberToJson);
  if (Array.isArray(x)) return x.map(plain);
  const parts = Object.fromEntries(Object.entries(x).map(([key, part]) => [key, plain(part)]));
  return 'edgeLinks' in parts ? [parts['nodes'], parts['edges'], parts['edgeLinks']] : parts;
}

/** Kind, dtype, shape and bounds; MultiDiscrete and MultiBinary as integers between bounds; keys sorted. */
export function describeSpace(given: Space<unknown>): unknown {
  const space = byKind(given);
  switch (space.kind) {
    case 'box':
      return ['box', space.dtype, space.shape, plain(space.low), plain(space.high)];
    case 'multi-discrete': {
      const high = space.nvec.map((n, i) => space.start[i]! + n - 1);
      return ['box', space.dtype, space.shape, plain(space.start), plain(high)];
    }
    case 'multi-binary': {
      const all = (value: number): number[] => new Array<number>(space.size).fill(value);
      return ['box', space.dtype, space.shape, all(0), all(1)];
    }
    case 'tuple':
      return ['tuple', space.spaces.map(describeSpace)];
    case 'dict':
      return ['dict', [...space.keys].sort().map((key) => [key, describeSpace(space.spaces[key]!)])];
    case 'sequence':
      return ['sequence', describeSpace(space.featureSpace)];
    case 'graph':
      return [
        'graph',
        describeSpace(space.nodeSpace),
        space.edgeSpace === null ? null : describeSpace(space.edgeSpace),
      ];
    default:
      return [given.kind.replace('-', '')];
  }
}
