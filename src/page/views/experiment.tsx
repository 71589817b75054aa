/** One experiment: learning curves, settings with their runs, sweeps, pictures; follows what runs. */
import { useMemo, useState } from 'preact/hooks';
import type { Experiment } from '../../dashboard/protocol.ts';
import { AllExperiments } from '../parts/all-experiments.tsx';
import { byLabel } from '../parts/by-label.ts';
import { withoutCommon } from '../parts/labels.ts';
import { LiveDot } from '../parts/live-dot.tsx';
import { Problem } from '../parts/problem.tsx';
import { useResource } from '../use-resource.ts';
import { useStream } from '../use-stream.ts';
import { Audits } from './audits.tsx';
import { CurvesView } from './curves.tsx';
import { Pictures } from './pictures.tsx';
import { RunsTable } from './runs-table.tsx';
import { StudyView } from './study.tsx';
import { SweepGrid } from './sweep-grid.tsx';

export function ExperimentView({ name }: { readonly name: string }) {
  const path = `/api/experiments/${encodeURIComponent(name)}`;
  const { value: told, error, reload } = useResource<Experiment>(path);
  const value = useMemo(() => told && inOrder(told), [told]);
  const [beats, setBeats] = useState(0); // what the parts below ask again by
  const moved = (): void => {
    reload();
    setBeats((n) => n + 1);
  };
  const liveness = useStream(`experiment=${encodeURIComponent(name)}`, { run: moved, rows: moved });
  const pictures = <Pictures path={`${path}/pictures`} beats={beats} />;
  return (
    <>
      <h1>
        {name} {value && <LiveDot state={liveness} />}
      </h1>
      <Problem text={error} />
      {error !== null && !value && <AllExperiments />}
      {value && (
        <>
          {value.runs.length > 0 && <CurvesView path={path} experiment={value} beats={beats} />}
          <div class="halves">
            {value.plans.length > 0 && (
              <div>
                {value.plans.map(({ id }) => (
                  <SweepGrid key={id} path={`${path}/plans/${id}`} experiment={value} beats={beats} />
                ))}
              </div>
            )}
            {value.runs.length > 0 && <RunsTable experiment={value} />}
          </div>
          {value.audits > 0 && <Audits />}
          {value.isStudy ? <StudyView path={path} pictures={pictures} /> : pictures}
          {value.unreadable.length > 0 && (
            <section>
              <h2>Unreadable</h2>
              <ul>
                {value.unreadable.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            </section>
          )}
          {value.runs.length > 0 && (
            <p class="faint">
              All of it as tables: <a href={`${path}/runs.csv`}>runs.csv</a>,{' '}
              <a href={`${path}/metrics.csv`}>metrics.csv</a>
            </p>
          )}
        </>
      )}
    </>
  );
}

/** Settings by their labels, runs as their settings, then by seed. */
function inOrder(experiment: Experiment): Experiment {
  const labels = withoutCommon(experiment.settings.map(({ label }) => label));
  const settings = experiment.settings
    .map((setting, i) => ({ ...setting, label: labels[i]! }))
    .sort((a, b) => byLabel(a.label, b.label));
  const places = new Map(settings.map(({ hash }, i) => [hash, i]));
  const place = (hash: string): number => places.get(hash) ?? settings.length;
  const runs = [...experiment.runs].sort(
    (a, b) => place(a.setting) - place(b.setting) || byLabel(String(a.seed), String(b.seed)),
  );
  return { ...experiment, settings, runs };
}
