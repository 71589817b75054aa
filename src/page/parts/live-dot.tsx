/** Whether what is on the screen follows what happens. */
import type { Liveness } from '../use-stream.ts';

const SAYS: Readonly<Record<Liveness, string>> = {
  connecting: 'connecting',
  live: 'following',
  lost: 'not following: the server is away',
};

export function LiveDot({ state }: { readonly state: Liveness }) {
  return (
    <span class={`live live-${state}`} role="status">
      {SAYS[state]}
    </span>
  );
}
