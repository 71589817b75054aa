/** A study: what was asked, what was measured, and its tables. */
import { useMemo } from 'preact/hooks';
import type { Study } from '../../dashboard/protocol.ts';
import { showNumber } from '../parts/show.ts';
import { useResource } from '../use-resource.ts';
import { questionOf, type StudyTable, tablesOf } from './study-tables.ts';

const MOST = 300; // rows of a table on the page

interface StudyProps {
  readonly path: string;
  readonly pictures: preact.ComponentChildren;
}

export function StudyView({ path, pictures }: StudyProps) {
  const { value, error } = useResource<Study>(`${path}/study`);
  const tables = useMemo(() => tablesOf(value?.summary), [value]);
  if (error !== null || value === null) return <>{pictures}</>;
  const question = questionOf(value.summary);
  return (
    <>
      <section aria-labelledby="study">
        <h2 id="study">{question ?? 'Study'}</h2>
        <p>
          {showNumber(value.measured)} short runs were measured, with code <code>{value.code}</code>;{' '}
          <a href={`${path}/study.csv`}>study.csv</a> has them all.
        </p>
        {value.summary === null && <p class="faint">Its tables are made when the last of them is measured.</p>}
      </section>
      {pictures}
      {tables.length > 0 && (
        <section aria-labelledby="tables">
          <h2 id="tables">Tables</h2>
          <div class="tables">
            {tables.map((table, i) => (
              <details key={`${i} ${table.title}`} open={table.rows.length <= 40}>
                <summary>
                  {table.title || 'All of it'} <span class="faint">({table.rows.length} rows)</span>
                </summary>
                <Rows table={table} />
              </details>
            ))}
          </div>
        </section>
      )}
    </>
  );
}

function Rows({ table: { title, columns, rows } }: { readonly table: StudyTable }) {
  return (
    <div class="wide" tabIndex={0} role="region" aria-label={title}>
      <table class="measured">
        <thead>
          <tr>
            {columns.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, MOST).map((cells, i) => (
            <tr key={i}>
              {cells.map((cell, c) => (
                <td key={c}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > MOST && <p class="faint">and {rows.length - MOST} more in study.csv</p>}
    </div>
  );
}
