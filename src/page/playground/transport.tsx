/** Pause, step, go on, begin anew, how fast, and which steps are seen; by buttons and by keys. */
import type { Frame, ToPlayground } from 'agent-state/playground/protocol';
import { useEffect } from 'preact/hooks';

interface TransportProps {
  readonly frame: Frame | null;
  readonly isHeld: boolean; // nothing has begun yet
  readonly speed: number | null; // steps per second, at most
  readonly isAround: boolean; // the latest reward is seen; else the latest steps
  readonly hasTrials: boolean; // rewards are events there
  say(message: ToPlayground): void;
  restart(): void;
  setSpeed(speed: number | null): void;
  setAround(isAround: boolean): void;
}

const SPEEDS: readonly (readonly [name: string, speed: number | null])[] = [
  ['as fast as it can', null],
  ['100 000 steps a second', 100_000],
  ['20 000', 20_000],
  ['5000', 5000],
  ['1000', 1000],
  ['100', 100],
  ['10', 10],
];

export function Transport({ frame, isHeld, speed, isAround, hasTrials, ...act }: TransportProps) {
  const isRunning = frame?.state === 'running';
  const toggle = (): void => act.say({ type: isRunning ? 'pause' : 'resume' });
  const step = (): void => {
    act.setAround(false); // or the step would not be seen
    act.say({ type: 'step', count: 1 });
  };
  useKeys({ ' ': toggle, s: step, r: act.restart });
  return (
    <div class="bar" role="group" aria-label="The learner's life">
      <button type="button" aria-keyshortcuts="Space" onClick={toggle} disabled={!frame || frame.state === 'diverged'}>
        {isRunning ? 'Pause' : 'Resume'} <kbd>space</kbd>
      </button>
      <button type="button" aria-keyshortcuts="s" onClick={step} disabled={!frame || frame.state === 'diverged'}>
        Step <kbd>s</kbd>
      </button>
      <button type="button" aria-keyshortcuts="r" onClick={act.restart}>
        {isHeld ? 'Begin' : 'Begin anew'} <kbd>r</kbd>
      </button>
      <label>
        Speed{' '}
        <select
          value={SPEEDS.findIndex(([, one]) => one === speed)}
          onChange={(event) => act.setSpeed(SPEEDS[Number(event.currentTarget.value)]![1])}
        >
          {SPEEDS.map(([name], i) => (
            <option key={name} value={i}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        Look at{' '}
        <select
          value={isAround && hasTrials ? 'reward' : 'latest'}
          disabled={!hasTrials}
          onChange={(event) => act.setAround(event.currentTarget.value === 'reward')}
        >
          <option value="reward">the latest reward</option>
          <option value="latest">the latest steps</option>
        </select>
      </label>
    </div>
  );
}

/** Keys of the page, where they mean nothing else. */
function useKeys(acts: Readonly<Record<string, () => void>>): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const on = event.target as HTMLElement;
      if (on.closest('input, select, textarea')) return;
      if (event.key === ' ' && on.closest('button, a, summary')) return; // it presses them
      const act = acts[event.key];
      if (!act) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  });
}
