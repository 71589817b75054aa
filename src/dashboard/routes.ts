/** Which handler answers which address: patterns of segments, `:name` stands for one that is a name on disk. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isName } from './inside.ts';

export interface Ask {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly names: Readonly<Record<string, string>>;
  readonly rest: readonly string[]; // what a final `*` stands for
  readonly query: URLSearchParams;
}

export type Handler = (ask: Ask) => Promise<void> | void;

export interface Route {
  readonly method: 'GET' | 'POST';
  readonly pattern: string;
  readonly isForm?: boolean; // of a POST: its handler looks for the secret in the body
  readonly handler: Handler;
}

export interface Found {
  readonly route: Route;
  readonly names: Readonly<Record<string, string>>;
  readonly rest: readonly string[];
}

export interface Address {
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
}

/** null: it is no address. Decoded once, and never joined again before each segment has proved to be a name. */
export function addressOf(url: string): Address | null {
  const [path = '', query = ''] = url.split('?', 2);
  if (!path.startsWith('/')) return null;
  try {
    return { segments: path.slice(1).split('/').map(decodeURIComponent), query: new URLSearchParams(query) };
  } catch {
    return null; // a percent sign that begins nothing
  }
}

export function find(routes: readonly Route[], method: string, { segments }: Address): Found | 'method' | null {
  const fits = routes.flatMap((route) => match(route, segments) ?? []);
  const wanted = method === 'HEAD' ? 'GET' : method;
  return fits.find(({ route }) => route.method === wanted) ?? (fits.length > 0 ? 'method' : null);
}

function match(route: Route, segments: readonly string[]): Found | null {
  const pattern = route.pattern.slice(1).split('/');
  const isOpen = pattern.at(-1) === '*';
  const fixed = isOpen ? pattern.slice(0, -1) : pattern;
  if (isOpen ? segments.length <= fixed.length : segments.length !== fixed.length) return null;
  const names: Record<string, string> = {};
  for (const [i, part] of fixed.entries()) {
    const segment = segments[i]!;
    if (part.startsWith(':') ? !isName(segment) : segment !== part) return null;
    if (part.startsWith(':')) names[part.slice(1)] = segment;
  }
  const rest = segments.slice(fixed.length);
  return rest.every(isName) ? { route, names, rest } : null;
}

/** A whole number from an address, within bounds; anything else is the default. */
export function wholeOf(query: URLSearchParams, name: string, usual: number, most: number): number {
  const text = query.get(name) ?? '';
  return /^\d{1,15}$/.test(text) ? Math.min(most, Number(text)) : usual;
}
