/** Where every run of a sweep stands: settings down, seeds across, and what they came to. */
import { useEffect, useMemo } from 'preact/hooks';
import type { Experiment, Plan, Status } from '../../dashboard/protocol.ts';
import { SIGNS } from '../parts/status.tsx';
import { showNumber, showTime } from '../parts/show.ts';
import { hrefOf } from '../route.ts';
import { useResource } from '../use-resource.ts';
import { sweepFigures } from './sweep-figures.ts';

interface GridProps {
  readonly path: string;
  readonly experiment: Experiment;
  readonly beats: number;
}

export function SweepGrid({ path, experiment, beats }: GridProps) {
  const { value, reload } = useResource<Plan>(path);
  useEffect(() => (beats > 0 ? reload() : undefined), [beats, reload]);
  const figures = useMemo(
    () =>
      value &&
      sweepFigures(
        experiment,
        value.settings.map(({ hash }) => hash),
        value.seeds,
      ),
    [experiment, value],
  );
  if (!value || !figures) return null;
  const id = `sweep-${value.id}`;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>
        Sweep of {count(value.settings.length, 'setting')} × {count(value.seeds.length, 'seed')}{' '}
        <span class="faint small">
          planned {showTime(value.createdAt)}, <code>{value.id}</code>
        </span>
      </h2>
      <p class="bar">
        {countOf(value.states).map(([status, runs]) => (
          <span key={status} class={`status status-${status}`}>
            <span aria-hidden="true">{SIGNS[status]}</span> {runs} {status}
          </span>
        ))}
      </p>
      {value.states.length === 0 ? (
        <p class="faint">It is too large to be shown run by run.</p>
      ) : (
        <Grid plan={value} experiment={experiment} figures={figures} />
      )}
    </section>
  );
}

interface TableProps {
  readonly plan: Plan;
  readonly experiment: Experiment;
  readonly figures: ReturnType<typeof sweepFigures>;
}

function Grid({ plan, experiment, figures }: TableProps) {
  const places = new Map(experiment.settings.map(({ hash, label }, i) => [hash, { label, i }]));
  const rows = plan.settings
    .map(({ hash, label }, s) => ({ hash, label: places.get(hash)?.label ?? label, states: plan.states[s]! }))
    .sort((a, b) => (places.get(a.hash)?.i ?? 0) - (places.get(b.hash)?.i ?? 0));
  return (
    <div class="wide">
      <table class="grid">
        <thead>
          <tr>
            <th scope="col">setting, seed</th>
            {plan.seeds.map((seed) => (
              <th key={seed} scope="col" class="cell">
                {seed}
              </th>
            ))}
            <th scope="col" class="number">
              {figures.name}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ hash, label, states }) => (
            <tr key={hash}>
              <th scope="row">{label}</th>
              {plan.seeds.map((seed, i) => (
                <Cell key={seed} status={states[i]!} id={`${experiment.name}/${hash}/${seed}`} />
              ))}
              <td class={`number figure${figures.of.get(hash)!.isBest ? ' best' : ''}`}>
                {showNumber(figures.of.get(hash)!.mean)}
                {figures.of.get(hash)!.isBest && <em class="tag">best</em>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
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

const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;

function countOf(states: Plan['states']): [Status, number][] {
  const counts = new Map<Status, number>();
  for (const row of states) for (const status of row) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}
