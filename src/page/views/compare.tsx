/** Runs side by side: their curves in one chart, what differs between their configurations, their ends. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Row, Rows, Run } from '../../dashboard/protocol.ts';
import { getJson } from '../api.ts';
import { Problem } from '../parts/problem.tsx';
import { showNumber } from '../parts/show.ts';
import { StatusBadge } from '../parts/status.tsx';
import { LinePlot } from '../plots/line-plot.tsx';
import { escaped, hrefOf } from '../route.ts';
import { chartsOfRuns, differences } from './compare-charts.ts';

export interface Compared {
  readonly run: Run;
  readonly rows: readonly Row[];
}

const MOST = 12; // runs

export function Compare({ ids }: { readonly ids: readonly string[] }) {
  const [runs, setRuns] = useState<readonly Compared[] | null>(null);
  const [error, setError] = useState<string | null>(null);
  useEffect(() => {
    const gone = new AbortController();
    const one = async (id: string): Promise<Compared> => {
      const path = `/api/runs/${escaped(id)}`;
      const run = await getJson<Run>(path, gone.signal);
      const { rows } = await getJson<Rows>(`${path}/metrics?points=300`, gone.signal).catch(() => ({ rows: [] }));
      return { run, rows };
    };
    Promise.all(ids.slice(0, MOST).map(one)).then(setRuns, (problem: Error) => {
      if (!gone.signal.aborted) setError(problem.message);
    });
    return () => gone.abort();
  }, [ids.join()]);
  const charts = useMemo(() => chartsOfRuns(runs ?? []), [runs]);
  const rows = useMemo(() => differences(runs ?? []), [runs]);
  return (
    <>
      <h1>Compare {ids.length} runs</h1>
      <Problem text={error} />
      {ids.length > MOST && <p class="faint">The first {MOST} of them.</p>}
      <div class="plots">
        {charts.map((chart) => (
          <LinePlot key={chart.yTitle} chart={chart} height={300} />
        ))}
      </div>
      {runs && <Table runs={runs} rows={rows} />}
    </>
  );
}

interface TableProps {
  readonly runs: readonly Compared[];
  readonly rows: readonly (readonly [name: string, values: readonly string[]])[];
}

function Table({ runs, rows }: TableProps) {
  return (
    <section aria-labelledby="differences">
      <h2 id="differences">What differs</h2>
      <div class="wide">
        <table>
          <thead>
            <tr>
              <th scope="col">
                <span class="hidden">option</span>
              </th>
              {runs.map(({ run }) => (
                <th key={run.id} scope="col">
                  <a href={hrefOf({ view: 'run', id: run.id })}>{run.id}</a>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            <tr>
              <th scope="row">status</th>
              {runs.map(({ run }) => (
                <td key={run.id}>
                  <StatusBadge status={run.status} />
                </td>
              ))}
            </tr>
            <tr>
              <th scope="row">figure</th>
              {runs.map(({ run }) => (
                <td key={run.id}>{showNumber(run.figure)}</td>
              ))}
            </tr>
            {rows.map(([name, values]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {values.map((value, i) => (
                  <td key={i}>{value}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
