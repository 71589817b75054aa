/** The worker that lives the learner, and the frames that it tells: one per repaint, none while nobody looks. */
import PlaygroundWorker from 'agent-state/playground/worker?worker';
import type { About, Frame, FromPlayground, PlaygroundSetting, ToPlayground } from 'agent-state/playground/protocol';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

export interface Played {
  readonly about: About | null;
  readonly frame: Frame | null;
  readonly error: Failure | null;
  start(setting: PlaygroundSetting): void;
  say(message: ToPlayground): void;
}

export interface Failure {
  readonly message: string;
  readonly line: number | null; // of the visitor's own lines
}

interface Told {
  readonly about: About | null;
  readonly frame: Frame | null;
  readonly error: Failure | null;
}

const NOTHING: Told = { about: null, frame: null, error: null };

export function usePlayground(): Played {
  const [told, setTold] = useState<Told>(NOTHING);
  const worker = useRef<Worker | null>(null);
  const say = useCallback((message: ToPlayground) => worker.current?.postMessage(message), []);
  useEffect(() => {
    const made = new PlaygroundWorker();
    worker.current = made;
    made.onmessage = ({ data }: MessageEvent<FromPlayground>) => {
      setTold((before) => heard(before, data));
      if (data.type === 'frame') requestAnimationFrame(() => say({ type: 'drawn' }));
    };
    made.onerror = ({ message }) =>
      setTold((before) => ({ ...before, error: { message: `The worker failed: ${message}`, line: null } }));
    return () => made.terminate();
  }, [say]);
  const start = useCallback(
    (setting: PlaygroundSetting) => {
      setTold(NOTHING);
      say({ type: 'start', setting });
    },
    [say],
  );
  return { ...told, start, say };
}

export function heard(before: Told, data: FromPlayground): Told {
  switch (data.type) {
    case 'ready':
      return { about: data.about, frame: null, error: null };
    case 'frame':
      return { ...before, frame: data.frame };
    case 'error':
      return { ...before, error: { message: data.message, line: data.line } };
  }
}
