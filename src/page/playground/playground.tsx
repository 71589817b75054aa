/** The page: a setting, a learner that lives it, and what goes on inside it. */
import type { PlaygroundSetting } from 'agent-state/playground/protocol';
import { fromHash, toHash } from 'agent-state/playground/setting';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { Problem } from '../parts/problem.tsx';
import { SkipLink } from '../parts/skip-link.tsx';
import { ThemeSwitch } from '../parts/theme.tsx';
import { PlotGrid } from '../plots/plot-grid.tsx';
import { Facts } from './facts.tsx';
import { Form, settingOf } from './form.tsx';
import { curveChart, stepSizeCharts, windowCharts, windowHeats } from './frame-charts.ts';
import { Share } from './share.tsx';
import { Transport } from './transport.tsx';
import { usePlayground } from './use-playground.ts';

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
  const { about, frame, error, start, say } = usePlayground();
  useEffect(() => {
    if (!isHeld) start(setting);
  }, [setting, isHeld, start]);
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
  const form = useMemo(() => <Form setting={setting} change={change} />, [setting]); // not at every frame
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
        {form}
        {isHeld && (
          <p class="note" role="status">
            This address brings lines that somebody wrote. Read them, then press <em>Begin</em>.
          </p>
        )}
        <Problem text={problem ?? error} />
        <div class="bar sticky">
          <Transport
            frame={frame}
            say={say}
            restart={() => (isHeld ? setHeld(false) : start(setting))}
            isHeld={isHeld}
          />
          <Share setting={setting} />
        </div>
        <Facts about={about} frame={frame} />
        <Pictures about={about} frame={frame} />
      </main>
    </>
  );
}

function Pictures({ about, frame }: Pick<ReturnType<typeof usePlayground>, 'about' | 'frame'>) {
  const charts = useMemo(
    () => (about && frame ? [curveChart(about, frame), ...windowCharts(frame), ...stepSizeCharts(frame)] : []),
    [about, frame],
  );
  const heats = useMemo(() => (frame ? windowHeats(frame) : []), [frame]);
  return <PlotGrid charts={charts} heats={heats} />;
}
