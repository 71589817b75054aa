/** What is off the screen is drawn again every two seconds at most: a live page is tall, and a little of it is seen. */
import { useEffect, useRef, useState } from 'preact/hooks';

const SLOWLY = 2000; // milliseconds

/** The latest while `place` is on the screen; else one that is not much older. */
export function useWhileSeen<T>(latest: T, place: { readonly current: Element | null }): T {
  const [isSeen, setSeen] = useState(true);
  const kept = useRef({ shown: latest, at: performance.now() });
  useEffect(() => {
    const watched = new IntersectionObserver((entries) => setSeen(entries.at(-1)!.isIntersecting), {
      rootMargin: '200px',
    });
    watched.observe(place.current!);
    return () => watched.disconnect();
  }, []);
  const now = performance.now();
  if (isSeen || now - kept.current.at > SLOWLY) kept.current = { shown: latest, at: now };
  return kept.current.shown;
}
