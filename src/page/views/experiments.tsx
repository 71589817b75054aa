/** All that lies in the results folder, what changed last first. */
import { useEffect } from 'preact/hooks';
import type { ExperimentEntry } from '../../dashboard/protocol.ts';
import { Problem } from '../parts/problem.tsx';
import { showTime } from '../parts/show.ts';
import { hrefOf } from '../route.ts';
import { useResource } from '../use-resource.ts';

const EVERY = 3000; // milliseconds

export function Experiments() {
  const { value, error, reload } = useResource<ExperimentEntry[]>('/api/experiments');
  useEffect(() => {
    const timer = setInterval(() => document.hidden || reload(), EVERY);
    return () => clearInterval(timer);
  }, [reload]);
  const all = [...(value ?? [])].sort((a, b) => b.changed - a.changed);
  return (
    <>
      <h1>Experiments</h1>
      <Problem text={error} />
      {value?.length === 0 && (
        <p>
          Nothing was run here yet. <code>agent-state run --agent columnar-td --env trace-conditioning</code> makes a
          first run; it appears here as soon as it begins.
        </p>
      )}
      {all.length > 0 && (
        <div class="wide">
          <table>
            <thead>
              <tr>
                <th scope="col">experiment</th>
                <th scope="col" class="number">
                  runs
                </th>
                <th scope="col" class="number">
                  sweeps
                </th>
                <th scope="col">changed (UTC)</th>
              </tr>
            </thead>
            <tbody>
              {all.map(({ name, runs, plans, audits, isStudy, changed }) => (
                <tr key={name}>
                  <th scope="row">
                    <a href={hrefOf({ view: 'experiment', experiment: name })}>{name}</a>
                    {isStudy && <span class="tag">study</span>}
                    {audits > 0 && <span class="tag">{audits === 1 ? '1 audit' : `${audits} audits`}</span>}
                  </th>
                  <td class="number">{runs}</td>
                  <td class="number">{plans}</td>
                  <td class="nowrap">{changed > 0 ? showTime(changed) : ''}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
