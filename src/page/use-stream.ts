/** Server-sent events of what is on the screen; comes back by itself when the server does. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { StreamEvents } from '../dashboard/protocol.ts';
import { getSession } from './api.ts';

export type Handlers = { readonly [Name in keyof StreamEvents]?: (data: StreamEvents[Name]) => void };
export type Liveness = 'connecting' | 'live' | 'lost';

/** `query` of /api/stream; null: nothing is watched. */
export function useStream(query: string | null, handlers: Handlers): Liveness {
  const [state, setState] = useState<Liveness>('connecting');
  const latest = useRef(handlers);
  latest.current = handlers;
  useEffect(() => {
    if (query === null) return;
    const source = new EventSource(`/api/stream?${query}`);
    let patience = Infinity; // milliseconds of silence that are no reason to worry
    let heardAt = Infinity; // not yet
    const alive = (): void => {
      heardAt = performance.now();
      setState('live');
    };
    void getSession().then(
      ({ beat }) => (patience = 2 * beat + 1000),
      () => undefined, // no server: the stream says so too
    );
    const timer = setInterval(() => performance.now() - heardAt > patience && setState('lost'), 1000);
    source.onopen = alive;
    source.onerror = () => setState('lost');
    for (const name of NAMES) {
      source.addEventListener(name, (event) => {
        alive();
        const handle = latest.current[name] as ((data: unknown) => void) | undefined;
        handle?.(JSON.parse((event as MessageEvent<string>).data));
      });
    }
    return () => {
      clearInterval(timer);
      source.close();
    };
  }, [query]);
  return state;
}

const NAMES: readonly (keyof StreamEvents)[] = ['run', 'rows', 'log', 'live', 'frame', 'beat'];
