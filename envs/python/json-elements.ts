/** Elements as JSON, the way bridge_spaces.py reads and writes them: arrays as one list, batches row by row. */
import { byKind } from '../spaces/any-space.ts';
import { stackAll, unstackAll } from '../spaces/batch.ts';
import { numberToJson } from '../spaces/nested.ts';
import type { Element, GraphInstance, Space } from '../spaces.ts';

type Json = Readonly<Record<string, unknown>>;
type List = readonly unknown[];

/** From JSON to an element. */
export function elementFrom(given: Space<unknown>, json: unknown): Element {
  const space = byKind(given);
  const batch = (rows: Space<unknown>, x: unknown): Element =>
    stackAll(
      rows,
      (x as List).map((row) => elementFrom(rows, row)),
    );
  switch (space.kind) {
    case 'box':
      return Float64Array.from(json as List, Number); // its words NaN, Infinity and -Infinity included
    case 'multi-discrete':
      return Int32Array.from(json as number[]);
    case 'multi-binary':
      return Int8Array.from(json as number[]);
    case 'tuple':
      return space.spaces.map((part, i) => elementFrom(part, (json as List)[i]));
    case 'dict':
      return Object.fromEntries(space.keys.map((key) => [key, elementFrom(space.spaces[key]!, (json as Json)[key])]));
    case 'one-of': {
      const [index, x] = json as [number, unknown];
      return [index, elementFrom(space.spaces[index]!, x)];
    }
    case 'sequence':
      if (space.stack) return batch(space.featureSpace, json);
      return (json as List).map((item) => elementFrom(space.featureSpace, item));
    case 'graph': {
      const { nodes, edges, edge_links: links } = json as Json;
      return {
        nodes: batch(space.nodeSpace, nodes),
        edges: edges === null || space.edgeSpace === null ? null : batch(space.edgeSpace, edges),
        edgeLinks: links === null ? null : Int32Array.from(links as number[]),
      };
    }
    default:
      return json as Element; // an integer, a text
  }
}

/** From an element to what JSON.stringify takes. */
export function jsonFrom(given: Space<unknown>, x: unknown): unknown {
  const space = byKind(given);
  const rows = (of: Space<unknown>, batch: unknown): unknown => unstackAll(of, batch).map((row) => jsonFrom(of, row));
  switch (space.kind) {
    case 'box':
      return Array.from(x as Float64Array, numberToJson);
    case 'multi-discrete':
    case 'multi-binary':
      return Array.from(x as Int32Array | Int8Array);
    case 'tuple':
      return space.spaces.map((part, i) => jsonFrom(part, (x as List)[i]));
    case 'dict':
      return Object.fromEntries(space.keys.map((key) => [key, jsonFrom(space.spaces[key]!, (x as Json)[key])]));
    case 'one-of': {
      const [index, value] = x as [number, unknown];
      return [index, jsonFrom(space.spaces[index]!, value)];
    }
    case 'sequence':
      if (space.stack) return rows(space.featureSpace, x);
      return (x as List).map((item) => jsonFrom(space.featureSpace, item));
    case 'graph': {
      const { nodes, edges, edgeLinks } = x as GraphInstance;
      return {
        nodes: rows(space.nodeSpace, nodes),
        edges: edges === null || space.edgeSpace === null ? null : rows(space.edgeSpace, edges),
        edge_links: edgeLinks === null ? null : [...edgeLinks],
      };
    }
    default:
      return x;
  }
}
