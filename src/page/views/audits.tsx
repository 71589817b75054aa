/** Audits: of each the estimators beside an agent, the best aligned first. */
import type { Audit, AuditRow } from '../../dashboard/protocol.ts';
import { Problem } from '../parts/problem.tsx';
import { showNumber } from '../parts/show.ts';
import { useResource } from '../use-resource.ts';

export function Audits() {
  const { value, error } = useResource<Audit[]>('/api/audits');
  return (
    <>
      <Problem text={error} />
      {value?.map((audit) => (
        <AuditTable key={audit.path} audit={audit} />
      ))}
    </>
  );
}

const COLUMNS = ['cosine', 'relative error', 'norm ratio', 'MACs/step', 'bytes', 'µs/step'];

function AuditTable({ audit }: { readonly audit: Audit }) {
  const { agent, env, seed, steps, status, reference, estimators, leftOut, path } = audit;
  const how = reference === 'shadow' ? 'exact RTRL beside the agent' : 'the exact gradient along random directions';
  return (
    <section aria-labelledby={path}>
      <h2 id={path}>
        {agent} in {env} <span class="faint small">seed {seed}</span>
      </h2>
      <p class="faint">
        {showNumber(steps)} steps, {status}; held against {how}. * marks the agent's own estimator.
      </p>
      <div class="wide" role="group" aria-label="estimators" tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">estimator</th>
              {COLUMNS.map((name) => (
                <th key={name} scope="col" class="number">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {estimators.map((row) => (
              <tr key={row.estimator}>
                <th scope="row">
                  {row.estimator}
                  {row.isActive && ' *'}
                </th>
                {numbersOf(row).map((value, i) => (
                  <td key={COLUMNS[i]} class="number">
                    {showNumber(value)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {leftOut.length > 0 && (
        <details>
          <summary>{leftOut.length} left out</summary>
          <ul>
            {leftOut.map(({ label, reason }) => (
              <li key={label}>
                {label}: {reason}
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
}

const numbersOf = (row: AuditRow): (number | null)[] => [
  ...[row.cosine, row.relativeError, row.normRatio].map((value) => value && Number(value.toPrecision(3))),
  ...[row.macsPerStep, row.bytes],
  row.microseconds && Number(row.microseconds.toPrecision(3)),
];
