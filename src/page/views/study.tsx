/** A study: what was measured, as its command summed it up. */
import type { Study } from '../../dashboard/protocol.ts';
import { useResource } from '../use-resource.ts';

export function StudyView({ path }: { readonly path: string }) {
  const { value, error } = useResource<Study>(`${path}/study`);
  if (error !== null || value === null) return null;
  return (
    <section aria-labelledby="study">
      <h2 id="study">Study</h2>
      <p>
        {value.measured} settings and seeds measured by the code <code>{value.code}</code>;{' '}
        <a href={`${path}/study.csv`}>study.csv</a> has them all.
      </p>
      {value.summary !== null && (
        <details>
          <summary>Summary</summary>
          <pre class="wide">{JSON.stringify(value.summary, null, 2)}</pre>
        </details>
      )}
    </section>
  );
}
