/** Buttons that hold a live run, step it and let it go, and keys that do the same. */
import { useEffect, useState } from 'preact/hooks';
import type { Control } from '../../dashboard/protocol.ts';
import type { Steering } from './use-steering.ts';

interface ControlsProps {
  readonly steering: Steering;
  readonly isRunning: boolean;
}

export function Controls({ steering, isRunning }: ControlsProps) {
  const { state, said, isBusy, send } = steering;
  const [steps, setSteps] = useState(1);
  const can = isRunning && state?.canSteer === true && !state.isOver;
  const isPaused = state?.isPaused === true;
  useKeys(can && !isBusy, (key) => {
    const control = commandOf(key, isPaused, steps);
    if (control) send(control);
    return control !== null;
  });
  if (!isRunning) return null;
  const button = (text: string, key: string, control: Control) => (
    <button
      type="button"
      disabled={!can}
      aria-keyshortcuts={key === ' ' ? 'Space' : key}
      onClick={() => isBusy || send(control)}
    >
      {text} <kbd>{key === ' ' ? 'space' : key}</kbd>
    </button>
  );
  return (
    <section class="controls" aria-label="Steering">
      {isPaused ? button('Resume', ' ', { command: 'resume' }) : button('Pause', ' ', { command: 'pause' })}
      {button(steps === 1 ? 'Step' : `${steps} steps`, 's', { command: 'step', steps })}
      <label>
        <span class="hidden">steps at once</span>
        <select value={steps} onChange={(event) => setSteps(Number(event.currentTarget.value))} disabled={!can}>
          {[1, 10, 100, 1000].map((count) => (
            <option key={count} value={count}>
              × {count}
            </option>
          ))}
        </select>
      </label>
      {button('Chunk', 'c', { command: 'chunk' })}
      {button('Checkpoint', 'k', { command: 'checkpoint' })}
      <span class="faint" role="status">
        {state !== null && !state.canSteer ? 'This run cannot be steered from here.' : said}
      </span>
    </section>
  );
}

export function commandOf(key: string, isPaused: boolean, steps: number): Control | null {
  if (key === ' ') return { command: isPaused ? 'resume' : 'pause' };
  if (key === 's') return { command: 'step', steps };
  if (key === 'c') return { command: 'chunk' };
  return key === 'k' ? { command: 'checkpoint' } : null;
}

/** Keys pressed anywhere but where somebody types or where the key has a meaning of its own. */
function useKeys(isOn: boolean, handle: (key: string) => boolean): void {
  useEffect(() => {
    if (!isOn) return;
    const pressed = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      const on = event.target as HTMLElement;
      if (on.closest('input, select, textarea, [contenteditable]')) return;
      if (event.key === ' ' && on.closest('button, a, summary')) return;
      if (handle(event.key)) event.preventDefault();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  });
}
