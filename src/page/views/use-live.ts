/** Frames of a live run, at most one on the screen per repaint. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Frame } from '../../dashboard/protocol.ts';
import { type LiveWindow, NO_WINDOW, withFrame } from './live-window.ts';

export interface Live {
  readonly window: LiveWindow;
  readonly step: number;
  add(frame: Frame): void;
}

export function useLive(): Live {
  const [shown, setShown] = useState({ window: NO_WINDOW, step: 0 });
  const latest = useRef(shown);
  const asked = useRef(0);
  useEffect(() => () => cancelAnimationFrame(asked.current), []);
  const add = useCallback((frame: Frame) => {
    latest.current = { window: withFrame(latest.current.window, frame), step: frame.step };
    cancelAnimationFrame(asked.current);
    asked.current = requestAnimationFrame(() => setShown(latest.current));
  }, []);
  return { ...shown, add };
}
