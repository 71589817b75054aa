/** One experiment: learning curves, settings with their runs, sweeps, pictures; follows what runs. */
import { useState } from 'preact/hooks';
import type { Experiment } from '../../dashboard/protocol.ts';
import { LiveDot } from '../parts/live-dot.tsx';
import { Problem } from '../parts/problem.tsx';
import { useResource } from '../use-resource.ts';
import { useStream } from '../use-stream.ts';
import { CurvesView } from './curves.tsx';
import { Pictures } from './pictures.tsx';
import { RunsTable } from './runs-table.tsx';
import { StudyView } from './study.tsx';
import { SweepGrid } from './sweep-grid.tsx';

export function ExperimentView({ name }: { readonly name: string }) {
  const path = `/api/experiments/${encodeURIComponent(name)}`;
  const { value, error, reload } = useResource<Experiment>(path);
  const [beats, setBeats] = useState(0); // what the parts below ask again by
  const moved = (): void => {
    reload();
    setBeats((n) => n + 1);
  };
  const liveness = useStream(`experiment=${encodeURIComponent(name)}`, { run: moved, rows: moved });
  return (
    <>
      <h1>
        {name} <LiveDot state={liveness} />
      </h1>
      <Problem text={error} />
      {value && (
        <>
          {value.runs.length > 0 && <CurvesView path={path} experiment={value} beats={beats} />}
          {value.plans.map(({ id }) => (
            <SweepGrid key={id} path={`${path}/plans/${id}`} experiment={name} beats={beats} />
          ))}
          {value.runs.length > 0 && <RunsTable experiment={value} />}
          {value.runs.length === 0 && <StudyView path={path} />}
          <Pictures path={`${path}/pictures`} beats={beats} />
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
          <p class="faint">
            All of it as tables: <a href={`${path}/runs.csv`}>runs.csv</a>,{' '}
            <a href={`${path}/metrics.csv`}>metrics.csv</a>
          </p>
        </>
      )}
    </>
  );
}
