/** The page: a setting, a learner that lives it, and what goes on inside it. */
import { trialOf } from 'agent-state/playground/known';
import { presets } from 'agent-state/playground/presets';
import type { PlaygroundSetting } from 'agent-state/playground/protocol';
import { fromHash, toHash } from 'agent-state/playground/setting';
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import { Problem } from '../parts/problem.tsx';
import { SkipLink } from '../parts/skip-link.tsx';
import { ThemeSwitch } from '../parts/theme.tsx';
import { Facts } from './facts.tsx';
import { Form, settingOf } from './form.tsx';
import { Pictures } from './pictures.tsx';
import { Share } from './share.tsx';
import { Transport } from './transport.tsx';
import { usePlayground } from './use-playground.ts';

const WINDOW = 512; // steps: some trials, or there might be no reward among them

const paceOf = (id: string): number | null => presets.find((preset) => preset.id === id)?.pace ?? null;

interface First {
  readonly setting: Required<PlaygroundSetting>;
  readonly problem: string | null;
  readonly isForeign: boolean; // it brings lines that run, written by whoever made the address
}

/** What the address carries; else the world that is learned soonest. */
function firstSetting(): First {
  try {
    const shared = fromHash(location.hash);
    if (shared === null) return { setting: settingOf('cycle-world'), problem: null, isForeign: false };
    const usual = settingOf(shared.env.id);
    const isForeign = shared.env['code'] !== usual.env['code'];
    return { setting: { ...usual, ...shared }, problem: null, isForeign };
  } catch (error) {
    return { setting: settingOf('cycle-world'), problem: (error as Error).message, isForeign: false };
  }
}

export function Playground() {
  const [first] = useState(firstSetting);
  const [setting, setSetting] = useState(first.setting);
  const [problem, setProblem] = useState(first.problem);
  const [isHeld, setHeld] = useState(first.isForeign);
  const { id } = setting.env;
  const [speed, setSpeed] = useState(paceOf(id));
  const [isAround, setAround] = useState(true);
  const { about, frame, error, start, say } = usePlayground();
  useEffect(() => setSpeed(paceOf(id)), [id]);
  useEffect(() => say({ type: 'set', change: { speed, window: WINDOW } }), [speed, say]);
  const begin = useCallback(() => {
    setAround(true);
    start(setting);
  }, [setting, start]);
  useEffect(() => {
    if (!isHeld) begin();
  }, [isHeld, begin]);
  useEffect(() => {
    const changed = (): void => {
      const { setting: shared, problem: why, isForeign } = firstSetting();
      setSetting(shared);
      setProblem(why);
      setHeld(isForeign);
      if (isForeign) say({ type: 'stop' });
    };
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, [say]);
  const change = (next: Required<PlaygroundSetting>): void => {
    setSetting(next);
    setProblem(null);
    setHeld(false);
    history.replaceState(null, '', toHash(next));
  };
  const wrongLine = error?.line ?? null;
  const form = useMemo(() => <Form {...{ setting, change, wrongLine }} />, [setting, wrongLine]); // not at every frame
  return (
    <>
      <SkipLink />
      <header class="head">
        <nav aria-label="Where you are">
          <span class="brand">agent-state playground</span>
        </nav>
        <ThemeSwitch />
      </header>
      <main id="main" tabIndex={-1}>
        <h1 class="hidden">Playground</h1>
        <p class="intro">
          A small recurrent network learns here, in your browser, one step at a time and without an end: it predicts the
          reward to come from what it sees and from a state, its memory, that it makes itself.
        </p>
        {form}
        {isHeld && (
          <p class="note" role="status">
            This address brings lines that somebody wrote. Read them, then press <em>Begin</em>.
          </p>
        )}
        <Problem text={problem ?? error?.message ?? null} />
        <div class="bar sticky">
          <Transport
            {...{ frame, isHeld, speed, isAround, say, setSpeed, setAround }}
            hasTrials={trialOf(id) !== null}
            restart={() => (isHeld ? setHeld(false) : begin())}
          />
          <Share setting={setting} />
        </div>
        <Facts about={about} frame={frame} />
        <Pictures about={about} frame={frame} isAround={isAround} />
      </main>
    </>
  );
}
