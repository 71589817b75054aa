/** The setting as an address that gives the same learner, to the bit, to whoever opens it. */
import type { PlaygroundSetting } from 'agent-state/playground/protocol';
import { toHash } from 'agent-state/playground/setting';
import { useState } from 'preact/hooks';

export function Share({ setting }: { readonly setting: Required<PlaygroundSetting> }) {
  const [said, setSaid] = useState('');
  const share = async (): Promise<void> => {
    history.replaceState(null, '', toHash(setting));
    try {
      await navigator.clipboard.writeText(location.href);
      setSaid('Link copied');
    } catch {
      setSaid('The link is in the address bar');
    }
  };
  return (
    <span class="bar">
      <button type="button" onClick={() => void share()}>
        Share this setting
      </button>
      <span class="faint" role="status">
        {said}
      </span>
    </span>
  );
}
