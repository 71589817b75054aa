/** Every run of an experiment; some of them can be chosen and laid side by side. */
import { useMemo, useState } from 'preact/hooks';
import type { Experiment, RunEntry } from '../../dashboard/protocol.ts';
import { commonFigure } from '../parts/measures.ts';
import { showNumber, showTime } from '../parts/show.ts';
import { StatusBadge } from '../parts/status.tsx';
import { hrefOf } from '../route.ts';

const PAGE = 100; // rows at once

export function RunsTable({ experiment }: { readonly experiment: Experiment }) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [filter, setFilter] = useState('');
  const [count, setCount] = useState(PAGE);
  const labels = useMemo(() => new Map(experiment.settings.map(({ hash, label }) => [hash, label])), [experiment]);
  const figure = commonFigure(experiment.settings.map(({ target }) => target));
  const runs = experiment.runs.filter((run) => matches(run, labels.get(run.setting) ?? '', filter));
  const toggle = (id: string): void =>
    setChosen((before) => (before.includes(id) ? before.filter((one) => one !== id) : [...before, id]));
  return (
    <section aria-labelledby="runs">
      <h2 id="runs">Runs</h2>
      <div class="bar">
        <label>
          Filter <input type="search" value={filter} onInput={(event) => setFilter(event.currentTarget.value)} />
        </label>
        <span class="faint" role="status">
          {runs.length} of {experiment.runs.length}
        </span>
        {chosen.length > 1 ? (
          <a class="button" href={hrefOf({ view: 'compare', ids: chosen })}>
            Compare {chosen.length} runs
          </a>
        ) : (
          <span class="faint">tick two or more to compare them</span>
        )}
      </div>
      <div class="wide">
        <table>
          <thead>
            <tr>
              <th scope="col">
                <span class="hidden">compare</span>
              </th>
              <th scope="col">setting</th>
              <th scope="col">seed</th>
              <th scope="col">status</th>
              <th scope="col" class="number">
                {figure}
              </th>
              <th scope="col">began (UTC)</th>
            </tr>
          </thead>
          <tbody>
            {runs.slice(0, count).map((run) => (
              <Row
                key={run.id}
                run={run}
                label={labels.get(run.setting) ?? run.setting}
                isChosen={chosen.includes(run.id)}
                toggle={toggle}
              />
            ))}
          </tbody>
        </table>
      </div>
      {runs.length > count && (
        <button type="button" onClick={() => setCount(count + PAGE)}>
          Show {Math.min(PAGE, runs.length - count)} more
        </button>
      )}
    </section>
  );
}

interface RowProps {
  readonly run: RunEntry;
  readonly label: string;
  readonly isChosen: boolean;
  toggle(id: string): void;
}

function Row({ run, label, isChosen, toggle }: RowProps) {
  const { id, seed, status, figure, startedAt, reason } = run;
  return (
    <tr>
      <td>
        <input
          type="checkbox"
          checked={isChosen}
          aria-label={`compare ${label}, seed ${seed}`}
          onChange={() => toggle(id)}
        />
      </td>
      <td class="setting">{label}</td>
      <th scope="row" class="nowrap">
        <a href={hrefOf({ view: 'run', id })}>seed {seed}</a>
      </th>
      <td>
        <StatusBadge status={status} /> {reason && <span class="reason faint">{reason}</span>}
      </td>
      <td class="number">{showNumber(figure)}</td>
      <td class="nowrap">{showTime(startedAt)}</td>
    </tr>
  );
}

function matches({ status, seed, setting }: RunEntry, label: string, filter: string): boolean {
  const text = `${label} ${setting} ${status} seed ${seed}`.toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
