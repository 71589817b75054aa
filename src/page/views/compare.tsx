/** Runs side by side: their curves in one chart per measure, then what differs between them. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Row, Rows, Run } from '../../dashboard/protocol.ts';
import { getJson } from '../api.ts';
import { runLabels } from '../parts/labels.ts';
import { commonFigure } from '../parts/measures.ts';
import { Problem } from '../parts/problem.tsx';
import { showNumber, showWord } from '../parts/show.ts';
import { StatusBadge } from '../parts/status.tsx';
import { LogSwitch } from '../parts/log-switch.tsx';
import { LinePlot } from '../plots/line-plot.tsx';
import { escaped, hrefOf } from '../route.ts';
import { chartsOfRuns, type Difference, differences } from './compare-charts.ts';

export interface Compared {
  readonly run: Run;
  readonly rows: readonly Row[];
  readonly label: string; // what tells it from the others
}

const MOST = 12; // runs

export function Compare({ ids }: { readonly ids: readonly string[] }) {
  const [runs, setRuns] = useState<readonly Compared[] | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [isLog, setLog] = useState(false);
  useEffect(() => {
    const gone = new AbortController();
    compared(ids.slice(0, MOST), gone.signal).then(setRuns, (problem: Error) => {
      if (!gone.signal.aborted) setError(problem.message);
    });
    return () => gone.abort();
  }, [ids.join()]);
  const charts = useMemo(() => chartsOfRuns(runs ?? [], isLog), [runs, isLog]);
  const rows = useMemo(() => differences(runs ?? []), [runs]);
  return (
    <>
      <h1>Compare {Math.min(MOST, ids.length)} runs</h1>
      <Problem text={error} />
      {ids.length > MOST && (
        <p class="note">
          {ids.length} were chosen; these are the first {MOST} of them.
        </p>
      )}
      {charts.length > 0 && (
        <div class="bar">
          <LogSwitch isLog={isLog} onChange={setLog} />
        </div>
      )}
      <div class="plots plots-wide">
        {charts.map((chart) => (
          <LinePlot key={chart.name} chart={chart} height={340} />
        ))}
      </div>
      {runs && <Table runs={runs} rows={rows} />}
    </>
  );
}

async function compared(ids: readonly string[], signal: AbortSignal): Promise<Compared[]> {
  const query = new URLSearchParams(ids.map((id) => ['run', id]));
  const settings = getJson<string[]>(`/api/labels?${query.toString()}`, signal);
  const found = await Promise.all(
    ids.map(async (id) => {
      const path = `/api/runs/${escaped(id)}`;
      const run = await getJson<Run>(path, signal);
      const { rows } = run.has.includes('metrics')
        ? await getJson<Rows>(`${path}/metrics?points=300`, signal)
        : { rows: [] };
      return { run, rows };
    }),
  );
  const labels = runLabels(
    found.map(({ run }) => run),
    await settings,
  );
  return found.map((one, i) => ({ ...one, label: labels[i]! }));
}

interface TableProps {
  readonly runs: readonly Compared[];
  readonly rows: readonly Difference[];
}

function Table({ runs, rows }: TableProps) {
  const figure = commonFigure(runs.map(({ run }) => showWord(run.record.config['target'])));
  return (
    <section aria-labelledby="differences">
      <h2 id="differences">What differs</h2>
      <div class="wide" tabIndex={0} role="region" aria-label="Table of what differs">
        <table class="compared">
          <thead>
            <tr>
              <th scope="col">
                <span class="hidden">option</span>
              </th>
              {runs.map(({ run, label }) => (
                <th key={run.id} scope="col">
                  <a href={hrefOf({ view: 'run', id: run.id })} title={run.id}>
                    {label}
                  </a>
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
              <th scope="row">{figure}</th>
              {runs.map(({ run }) => (
                <td key={run.id}>{showNumber(run.figure)}</td>
              ))}
            </tr>
            {rows.map(([name, values]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {values.map((value, i) => (
                  <td key={i}>{value === '' ? <span class="faint">–</span> : value}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
