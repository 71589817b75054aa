/** Estimators that look on beside a run: how far each is from the exact gradient, as it goes. */
import { useMemo } from 'preact/hooks';
import type { Row, RunRecord } from '../../dashboard/protocol.ts';
import { LinePlot } from '../plots/line-plot.tsx';
import { chartsOfAlignment } from './alignment-charts.ts';

interface AlignmentProps {
  readonly id: string;
  readonly rows: readonly Row[];
  readonly beside: RunRecord['beside'];
}

export function Alignment({ id, rows, beside }: AlignmentProps) {
  const own = beside?.estimators.find(({ isActive }) => isActive)?.label ?? null;
  const charts = useMemo(() => chartsOfAlignment(id, rows, own), [id, rows, own]);
  if (beside === null && charts.length === 0) return null;
  return (
    <section aria-labelledby="alignment">
      <h2 id="alignment">Alignment with the exact gradient</h2>
      <p class="faint">
        Other estimators see every step of this run and change nothing. They are held against{' '}
        {beside?.reference.kind === 'probe'
          ? 'the exact gradient along random directions'
          : 'exact RTRL, which runs beside them too'}
        ; a point is the mean since the one before.
      </p>
      {charts.length === 0 && <p>There is nothing to show before the first line of metrics.</p>}
      {charts.length > 0 && (
        <div class="plots">
          {charts.map((chart) => (
            <LinePlot key={chart.yTitle} chart={chart} height={260} />
          ))}
        </div>
      )}
      {beside?.leftOut.map(({ label, reason }) => (
        <p key={label} class="faint small">
          {label} is left out: {reason}
        </p>
      ))}
    </section>
  );
}
