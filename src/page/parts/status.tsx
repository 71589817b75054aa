/** The standing of a run: a word, a sign and a colour, so that none of them is needed alone. */
import type { Status } from '../../dashboard/protocol.ts';

export const SIGNS: Readonly<Record<Status, string>> = {
  done: '✓',
  running: '▶',
  diverged: '∞',
  interrupted: '‖',
  failed: '✗',
  damaged: '?',
  missing: '·',
};

export function StatusBadge({ status }: { readonly status: Status }) {
  return (
    <span class={`status status-${status}`}>
      <span aria-hidden="true">{SIGNS[status]}</span> {status}
    </span>
  );
}
