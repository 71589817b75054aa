/** Step sizes weight by weight, as they are learned: those that matter rise, those of noise fall. */
import { useMemo } from 'preact/hooks';
import type { Row } from '../../dashboard/protocol.ts';
import { LinePlot } from '../plots/line-plot.tsx';
import { chartsOfStepSizes } from './step-sizes-charts.ts';

interface StepSizesProps {
  readonly id: string;
  readonly rows: readonly Row[];
}

export function StepSizes({ id, rows }: StepSizesProps) {
  const charts = useMemo(() => chartsOfStepSizes(id, rows), [id, rows]);
  if (charts.length === 0) return null;
  return (
    <section aria-labelledby="step-sizes">
      <h2 id="step-sizes">Step sizes</h2>
      <div class="plots">
        {charts.map((chart) => (
          <LinePlot key={chart.title} chart={chart} height={240} />
        ))}
      </div>
    </section>
  );
}
