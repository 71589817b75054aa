/** What this package uses of zod, name by name: most bundlers keep all of a namespace, here its 50 languages (264 kB). */
export {
  array,
  boolean,
  discriminatedUnion,
  enum,
  int,
  literal,
  looseObject,
  number,
  object,
  record,
  strictObject,
  string,
  union,
  unknown,
} from 'zod/v4';
