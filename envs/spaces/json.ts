/** From the JSON of a space back to the space. */
import { EnvError } from '../errors.ts';
import { box } from './box.ts';
import { dict } from './dict.ts';
import { discrete } from './discrete.ts';
import type { DType } from './dtype.ts';
import { graph } from './graph.ts';
import { multiBinary } from './multi-binary.ts';
import { multiDiscrete } from './multi-discrete.ts';
import { type Nested, numberFromJson, numbersFromJson } from './nested.ts';
import { oneOf } from './one-of.ts';
import { sequence } from './sequence.ts';
import type { Element, Space } from './space.ts';
import { text } from './text.ts';
import { tuple } from './tuple.ts';

/** The fields of each kind, in the form its `toJSON` writes, and how to make it of them. */
const kinds: Readonly<Record<string, readonly [fields: readonly string[], make: (json: Fields) => Space<unknown>]>> = {
  box: [
    ['low', 'high', 'shape', 'dtype'],
    (json) => box(bound(json['low']), bound(json['high']), json['shape'] as number[], json['dtype'] as DType),
  ],
  discrete: [
    ['n', 'start', 'dtype'],
    (json) => discrete(json['n'] as number, json['start'] as number, json['dtype'] as DType),
  ],
  'multi-discrete': [
    ['nvec', 'start', 'dtype'],
    (json) =>
      multiDiscrete(json['nvec'] as Nested[], { start: json['start'] as Nested, dtype: json['dtype'] as DType }),
  ],
  'multi-binary': [['shape'], (json) => multiBinary(json['shape'] as number[])],
  tuple: [['spaces'], (json) => tuple(list(json['spaces']).map(spaceFromJSON))],
  dict: [
    ['spaces'],
    (json) => dict(list(json['spaces']).map((pair) => [String(list(pair)[0]), spaceFromJSON(list(pair)[1])] as const)),
  ],
  text: [
    ['minLength', 'maxLength', 'charset'],
    (json) =>
      text(json['maxLength'] as number, {
        minLength: json['minLength'] as number,
        charset: json['charset'] as string,
      }),
  ],
  sequence: [['space', 'stack'], (json) => sequence(spaceFromJSON(json['space']), { stack: json['stack'] === true })],
  graph: [
    ['nodeSpace', 'edgeSpace'],
    (json) =>
      graph(spaceFromJSON(json['nodeSpace']), json['edgeSpace'] === null ? null : spaceFromJSON(json['edgeSpace'])),
  ],
  'one-of': [['spaces'], (json) => oneOf(list(json['spaces']).map(spaceFromJSON))],
};
type Fields = Readonly<Record<string, unknown>>;

/** The space that `toJSON` described; of the ten kinds only. */
export function spaceFromJSON(json: unknown): Space<Element> {
  if (typeof json !== 'object' || json === null) throw unreadable(`${JSON.stringify(json)} is no object`);
  const { kind, ...rest } = json as { kind?: unknown } & Fields;
  const entry = Object.hasOwn(kinds, String(kind)) ? kinds[String(kind)] : undefined;
  if (entry === undefined) throw unreadable(`kind is ${JSON.stringify(kind)}; known: ${Object.keys(kinds).join(', ')}`);
  const [fields, make] = entry;
  if (Object.keys(rest).sort().join() !== [...fields].sort().join()) {
    throw unreadable(`a ${String(kind)} has the fields ${fields.join(', ')}, this one ${Object.keys(rest).join(', ')}`);
  }
  return make(rest) as Space<Element>;
}

function bound(json: unknown): number | number[] {
  return Array.isArray(json) ? numbersFromJson(json) : numberFromJson(json);
}

function list(json: unknown): readonly unknown[] {
  if (Array.isArray(json)) return json;
  throw unreadable(`${JSON.stringify(json)?.slice(0, 40)} is no list`);
}

function unreadable(what: string): EnvError {
  return new EnvError(`Cannot make a space from JSON: ${what}`);
}
