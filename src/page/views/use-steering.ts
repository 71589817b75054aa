/** Commands to the process that lives a run, and what it answers. */
import { useCallback, useState } from 'preact/hooks';
import type { Control, Controlled } from '../../dashboard/protocol.ts';
import { postJson } from '../api.ts';
import { escaped } from '../route.ts';

export interface Steering {
  readonly state: Controlled | null; // null: nothing is known yet
  readonly said: string; // what became of the latest command
  readonly isBusy: boolean;
  set(state: Controlled): void;
  send(control: Control): void;
}

export function useSteering(id: string): Steering {
  const [state, set] = useState<Controlled | null>(null);
  const [said, setSaid] = useState('');
  const [isBusy, setBusy] = useState(false);
  const send = useCallback(
    async (control: Control) => {
      setBusy(true);
      try {
        const answer = await postJson<Controlled>(`/api/runs/${escaped(id)}/control`, control);
        set(answer);
        setSaid(`${DONE[control.command]} at step ${answer.step ?? '?'}`);
      } catch (error) {
        setSaid((error as Error).message);
      } finally {
        setBusy(false);
      }
    },
    [id],
  );
  return { state, said, isBusy, set, send: (control) => void send(control) };
}

const DONE: Readonly<Record<Control['command'], string>> = {
  pause: 'Paused',
  resume: 'Goes on',
  step: 'Stepped; stands',
  chunk: 'Lived a chunk; stands',
  checkpoint: 'Checkpoint saved',
};
