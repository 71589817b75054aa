/** What somebody may not have known who wrote a list in a sweep: it is swept. */
import { UserError } from '../user-error.ts';

type Tree = Readonly<Record<string, unknown>>;

/** The same error, with a hint where it speaks of an option that was given a list of values. */
export function withListHint(error: unknown, set: Tree): unknown {
  if (!(error instanceof UserError)) return error;
  const [path, list] = listsOf(set).find(([place]) => speaksOf(error.message, place)) ?? [];
  if (path === undefined) return error;
  const written = `${path}=${JSON.stringify([list])}`;
  return new UserError(`${error.message}; a list is swept, one value at a time: for the list itself write ${written}`, {
    cause: error,
  });
}

/** "isi: expected tuple, got 14" is about env.isi. */
function speaksOf(message: string, path: string): boolean {
  const name = path.split('.').at(-1)!;
  return new RegExp(`(?:^|[ .])${name.replaceAll(/\W/g, '\\$&')}(?:\\.\\d+)?: `).test(message);
}

/** Lists at leaves whose items are no objects and no lists. */
function listsOf(tree: Tree, path = ''): [string, unknown[]][] {
  return Object.entries(tree).flatMap(([key, value]): [string, unknown[]][] => {
    const place = path === '' ? key : `${path}.${key}`;
    if (Array.isArray(value)) return value.every((one) => typeof one !== 'object') ? [[place, value]] : [];
    return typeof value === 'object' && value !== null ? listsOf(value as Tree, place) : [];
  });
}
