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
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const alive = async (): Promise<void> => {
      setState('live');
      clearTimeout(timer);
      const { beat } = await getSession();
      if (!isOver) timer = setTimeout(() => setState('lost'), 2 * beat + 1000);
    };
    source.onopen = () => void alive();
    source.onerror = () => setState('lost');
    for (const name of NAMES) {
      source.addEventListener(name, (event) => {
        void alive();
        const handle = latest.current[name] as ((data: unknown) => void) | undefined;
        handle?.(JSON.parse((event as MessageEvent<string>).data));
      });
    }
    return () => {
      isOver = true;
      clearTimeout(timer);
      source.close();
    };
  }, [query]);
  return state;
}

const NAMES: readonly (keyof StreamEvents)[] = ['run', 'rows', 'log', 'live', 'frame', 'beat'];
