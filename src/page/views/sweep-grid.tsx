/** Where every run of a sweep stands: settings down, seeds across. */
import { useEffect } from 'preact/hooks';
import type { Plan, Status } from '../../dashboard/protocol.ts';
import { SIGNS } from '../parts/status.tsx';
import { showTime } from '../parts/show.ts';
import { hrefOf } from '../route.ts';
import { useResource } from '../use-resource.ts';

interface GridProps {
  readonly path: string;
  readonly experiment: string;
  readonly beats: number;
}

export function SweepGrid({ path, experiment, beats }: GridProps) {
  const { value, reload } = useResource<Plan>(path);
  useEffect(() => (beats > 0 ? reload() : undefined), [beats, reload]);
  if (!value) return null;
  const counts = countOf(value.states);
  const id = `sweep-${value.id}`;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>
        Sweep {value.id} <span class="faint small">planned {showTime(value.createdAt)}</span>
      </h2>
      <p class="bar">
        {counts.map(([status, count]) => (
          <span key={status} class={`status status-${status}`}>
            <span aria-hidden="true">{SIGNS[status]}</span> {count} {status}
          </span>
        ))}
      </p>
      <div class="wide">
        <table class="grid">
          <thead>
            <tr>
              <th scope="col">setting, seed</th>
              {value.seeds.map((seed) => (
                <th key={seed} scope="col" class="cell">
                  {seed}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {value.settings.map(({ hash, label }, s) => (
              <tr key={hash}>
                <th scope="row">{label}</th>
                {value.seeds.map((seed, i) => (
                  <Cell key={seed} status={value.states[s]![i]!} id={`${experiment}/${hash}/${seed}`} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Cell({ status, id }: { readonly status: Status; readonly id: string }) {
  const sign = <span aria-hidden="true">{SIGNS[status]}</span>;
  const says = `${status}, seed ${id.split('/')[2]}`;
  return (
    <td class={`cell status-${status}`}>
      {status === 'missing' ? (
        <span title={says}>{sign}</span>
      ) : (
        <a href={hrefOf({ view: 'run', id })} title={says} aria-label={says}>
          {sign}
        </a>
      )}
    </td>
  );
}

function countOf(states: Plan['states']): [Status, number][] {
  const counts = new Map<Status, number>();
  for (const row of states) for (const status of row) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}
