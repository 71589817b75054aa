/** What goes on: the curve, the latest steps, what is in the state, and step sizes. */
import { trialOf } from 'agent-state/playground/known';
import type { About, Frame } from 'agent-state/playground/protocol';
import { useMemo, useRef } from 'preact/hooks';
import { PlotGrid } from '../plots/plot-grid.tsx';
import { curveChart, windowCharts, windowHeats } from './frame-charts.ts';
import { aroundReward, latestSteps, type ShownSteps } from './shown-steps.ts';
import { historyChart, stepSizeCharts } from './step-size-charts.ts';
import { stepSizeGroups, type StepSizeHistory, stepSizeHistory } from './step-size-history.ts';

interface PicturesProps {
  readonly about: About | null;
  readonly frame: Frame | null;
  readonly isAround: boolean; // the latest reward; else the latest steps
}

export function Pictures({ about, frame, isAround }: PicturesProps) {
  const held = useHeld(about, frame, isAround);
  const history = useHistory(about, frame);
  const steps = useMemo(() => (about && frame ? stepSizeCharts(about, frame) : []), [about, frame]);
  if (!about || !frame || !held) return null;
  const told = [curveChart(about, frame), ...windowCharts(about, held.frame, held.steps)];
  const sorted = history ? [historyChart(history.shown()), ...steps] : [];
  const [curve, ...rest] = told;
  const heats = windowHeats(about, held.frame, held.steps);
  return (
    <>
      <PlotGrid charts={[curve!, ...sorted, ...rest]} heats={heats} />
      {!history && steps.length > 0 && <PlotGrid charts={steps} heats={[]} />}
    </>
  );
}

interface Held {
  readonly frame: Frame;
  readonly steps: ShownSteps;
}

/** The latest frame that has a reward in its midst: until the next one, it is what there is to see. */
function useHeld(about: About | null, frame: Frame | null, isAround: boolean): Held | null {
  const held = useRef<(Held & { readonly about: About }) | null>(null);
  return useMemo(() => {
    if (!about || !frame) return null;
    const trial = isAround ? trialOf(about.setting.env.id) : null;
    const steps = trial && aroundReward(frame.window, trial);
    if (steps) held.current = { about, frame, steps };
    else if (!trial || held.current?.about !== about) return { frame, steps: latestSteps(frame.window) };
    return held.current;
  }, [about, frame, isAround]);
}

function useHistory(about: About | null, frame: Frame | null): StepSizeHistory | null {
  const history = useMemo(() => {
    const groups = about && stepSizeGroups(about);
    return groups && stepSizeHistory(groups);
  }, [about]);
  useMemo(() => frame && history?.add(frame), [frame, history]);
  return history;
}
