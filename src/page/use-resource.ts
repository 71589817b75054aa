/** An answer of the server, asked for again when `path` changes or `reload` is called; the old one stays until then. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { getJson } from './api.ts';

export interface Resource<T> {
  readonly value: T | null; // null: not there yet
  readonly error: string | null;
  reload(): void;
}

/** `path` null: nothing is asked. */
export function useResource<T>(path: string | null): Resource<T> {
  const [{ of, value, error }, set] = useState<{ of: string | null; value: T | null; error: string | null }>({
    of: null,
    value: null,
    error: null,
  });
  const [count, setCount] = useState(0);
  useEffect(() => {
    if (path === null) return;
    const gone = new AbortController();
    getJson<T>(path, gone.signal).then(
      (fresh) => set({ of: path, value: fresh, error: null }),
      (problem: Error) => {
        if (!gone.signal.aborted) set((before) => ({ ...before, of: path, error: problem.message }));
      },
    );
    return () => gone.abort();
  }, [path, count]);
  const waits = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(() => () => clearTimeout(waits.current ?? undefined), []);
  /** At most twice a second, however often it is called. */
  const reload = useCallback(() => {
    waits.current ??= setTimeout(() => {
      waits.current = null;
      setCount((n) => n + 1);
    }, 500);
  }, []);
  return { value: sameKind(of, path) ? value : null, error: of === path ? error : null, reload };
}

/** Another query of the same address (more points, another filter) leaves the old picture up; another address does not. */
const sameKind = (a: string | null, b: string | null): boolean => a?.split('?')[0] === b?.split('?')[0];
