/** Where the page is: kept behind the #, so that every view has an address and the server serves one file. */
import { useEffect, useState } from 'preact/hooks';

export type Route =
  | { readonly view: 'experiments' }
  | { readonly view: 'experiment'; readonly experiment: string }
  | { readonly view: 'run'; readonly id: string }
  | { readonly view: 'compare'; readonly ids: readonly string[] }
  | { readonly view: 'unknown' };

const segments = (path: string): string[] => path.split('/').filter(Boolean).map(decoded);

/** What is no escape stays as it is: an address may be typed. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?');
  const [view, ...rest] = segments(path);
  if (view === 'experiment' && rest.length === 1) return { view, experiment: rest[0]! };
  if (view === 'run' && rest.length === 3) return { view, id: rest.join('/') };
  if (view === 'compare') return { view, ids: new URLSearchParams(query).getAll('run') };
  return { view: view === undefined ? 'experiments' : 'unknown' };
}

export const escaped = (id: string): string => id.split('/').map(encodeURIComponent).join('/');

export function hrefOf(route: Route): string {
  switch (route.view) {
    case 'experiments':
    case 'unknown':
      return '#/';
    case 'experiment':
      return `#/experiment/${encodeURIComponent(route.experiment)}`;
    case 'run':
      return `#/run/${escaped(route.id)}`;
    case 'compare':
      return `#/compare?${new URLSearchParams(route.ids.map((id) => ['run', id])).toString()}`;
  }
}

export function useRoute(): Route {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const changed = (): void => setHash(location.hash);
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  return parseRoute(hash);
}
