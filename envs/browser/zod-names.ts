/** What this package uses of zod, name by name: most bundlers keep all of a namespace, here its 50 languages (264 kB). */
export {
  array,
  boolean,
  enum,
  int,
  literal,
  number,
  object,
  record,
  strictObject,
  string,
  tuple,
  union,
  unknown,
  ZodObject,
} from 'zod/v4';
