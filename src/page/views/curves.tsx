/** Learning curves, a setting each: mean and 95 % interval over seeds, seed by seed where asked. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Curves, Experiment } from '../../dashboard/protocol.ts';
import { LogSwitch } from '../parts/log-switch.tsx';
import { LinePlot } from '../plots/line-plot.tsx';
import { useResource } from '../use-resource.ts';
import { chartOfCurves } from './curves-chart.ts';

const MOST = 8; // settings at once, unless chosen

interface CurvesProps {
  readonly path: string;
  readonly experiment: Experiment;
  readonly beats: number;
}

export function CurvesView({ path, experiment, beats }: CurvesProps) {
  const ran = useMemo(() => {
    const begun = new Set(experiment.runs.map(({ setting }) => setting));
    return experiment.settings.filter(({ hash }) => begun.has(hash));
  }, [experiment]);
  const [chosen, setChosen] = useState<ReadonlySet<string> | null>(null);
  const [isLog, setLog] = useState(false);
  const [bySeed, setBySeed] = useState(false);
  const [isOpen] = useState(ran.length > MOST || innerWidth >= 1100); // where it has a place beside the curves
  const shown = chosen ?? new Set(ran.slice(0, MOST).map(({ hash }) => hash));
  const asked = [...shown].sort().join(',');
  const { value, reload } = useResource<Curves>(asked === '' ? null : `${path}/curves?points=200&settings=${asked}`);
  useEffect(() => (beats > 0 ? reload() : undefined), [beats, reload]);
  const labels = useMemo(() => new Map(ran.map(({ hash, label }) => [hash, label])), [ran]);
  const charts = useMemo(
    () => (value ? chartOfCurves(value, { labels, shown, isLog, bySeed }) : []),
    [value, labels, asked, isLog, bySeed],
  );
  const toggle = (hash: string): void => {
    const next = new Set(shown);
    if (!next.delete(hash)) next.add(hash);
    setChosen(next);
  };
  return (
    <section aria-labelledby="curves">
      <h2 id="curves">Learning curves</h2>
      <div class="bar">
        <LogSwitch isLog={isLog} onChange={setLog} />
        <label>
          <input type="checkbox" checked={bySeed} onChange={(event) => setBySeed(event.currentTarget.checked)} /> every
          seed
        </label>
      </div>
      <div class={ran.length > 1 ? 'with-side' : ''}>
        <div>
          {charts.map((chart) => (
            <LinePlot key={chart.yTitle} chart={chart} height={340} />
          ))}
        </div>
        {ran.length > 1 && (
          <details open={isOpen}>
            <summary>
              {shown.size} of {ran.length} settings shown
            </summary>
            <div class="choices">
              {ran.map(({ hash, label }) => (
                <label key={hash}>
                  <input type="checkbox" checked={shown.has(hash)} onChange={() => toggle(hash)} /> {label}
                </label>
              ))}
            </div>
          </details>
        )}
      </div>
    </section>
  );
}
