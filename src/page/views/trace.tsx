/** The last steps of a run that is done: what it predicted, what came, and the return that it was about. */
import { useMemo } from 'preact/hooks';
import type { Trace } from '../../dashboard/protocol.ts';
import { LinePlot } from '../plots/line-plot.tsx';
import { useResource } from '../use-resource.ts';
import { chartsOfTrace } from './trace-charts.ts';

interface TraceProps {
  readonly id: string;
  readonly path: string;
  readonly has: boolean;
}

export function TraceView({ id, path, has }: TraceProps) {
  const { value } = useResource<Trace>(has ? `${path}/trace` : null);
  const charts = useMemo(() => (value ? chartsOfTrace(id, value) : []), [id, value]);
  if (charts.length === 0) return null;
  return (
    <section aria-labelledby="trace">
      <h2 id="trace">Its last steps</h2>
      <div class="plots">
        {charts.map((chart) => (
          <LinePlot key={chart.title} chart={chart} height={240} />
        ))}
      </div>
    </section>
  );
}
