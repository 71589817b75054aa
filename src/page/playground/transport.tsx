/** Pause, step, go on, begin anew, and how fast; by buttons and by keys. */
import type { Frame, ToPlayground } from 'agent-state/playground/protocol';
import { useEffect, useState } from 'preact/hooks';

interface TransportProps {
  readonly frame: Frame | null;
  say(message: ToPlayground): void;
  restart(): void;
  readonly isHeld: boolean; // nothing has begun yet
}

const SPEEDS: readonly (readonly [name: string, speed: number | null])[] = [
  ['as fast as it can', null],
  ['1000 steps a second', 1000],
  ['100', 100],
  ['10', 10],
];

export function Transport({ frame, say, restart, isHeld }: TransportProps) {
  const [speed, setSpeed] = useState(0);
  const isRunning = frame?.state === 'running';
  const toggle = (): void => say({ type: isRunning ? 'pause' : 'resume' });
  const step = (): void => say({ type: 'step', count: 1 });
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const on = event.target as HTMLElement;
      if (on.closest('input, select, textarea')) return;
      if (event.key === ' ' && on.closest('button, a, summary')) return; // it presses them
      const act = { ' ': toggle, s: step, r: restart }[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  });
  return (
    <div class="bar" role="group" aria-label="The learner's life">
      <button type="button" aria-keyshortcuts="Space" onClick={toggle} disabled={!frame || frame.state === 'diverged'}>
        {isRunning ? 'Pause' : 'Resume'} <kbd>space</kbd>
      </button>
      <button type="button" aria-keyshortcuts="s" onClick={step} disabled={!frame || frame.state === 'diverged'}>
        Step <kbd>s</kbd>
      </button>
      <button type="button" aria-keyshortcuts="r" onClick={restart}>
        {isHeld ? 'Begin' : 'Begin anew'} <kbd>r</kbd>
      </button>
      <label>
        Speed{' '}
        <select
          value={speed}
          onChange={(event) => {
            const index = Number(event.currentTarget.value);
            setSpeed(index);
            say({ type: 'set', change: { speed: SPEEDS[index]![1] } });
          }}
        >
          {SPEEDS.map(([name], i) => (
            <option key={name} value={i}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <span class="faint" role="status">
        {frame?.state === 'diverged' ? 'It diverged: a smaller alpha would do' : ''}
      </span>
    </div>
  );
}
