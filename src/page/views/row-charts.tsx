/** Everything numeric that a run writes down as it goes, a chart for each; steps per second of its process among them. */
import { useMemo, useState } from 'preact/hooks';
import { LogSwitch } from '../parts/log-switch.tsx';
import { LinePlot } from '../plots/line-plot.tsx';
import { chartsOfRows } from './row-charts.ts';
import type { RunRows } from './use-rows.ts';

interface RowChartsProps {
  readonly id: string;
  readonly rows: RunRows;
  readonly hasDiverged: boolean;
}

export function RowCharts({ id, rows, hasDiverged }: RowChartsProps) {
  const [isLog, setLog] = useState(false);
  const { metrics, timing } = rows.files;
  const charts = useMemo(
    () => [
      ...chartsOfRows(id, metrics, { isLog, hasDiverged }),
      ...chartsOfRows(id, timing, { isLog, without: ['seconds'] }),
    ],
    [id, metrics, timing, isLog, hasDiverged],
  );
  if (charts.length === 0) return null;
  return (
    <section aria-labelledby="metrics">
      <h2 id="metrics">How it learns</h2>
      <div class="bar">
        <LogSwitch isLog={isLog} onChange={setLog} />
      </div>
      <div class="plots">
        {charts.map((chart) => (
          <LinePlot key={chart.name} chart={chart} height={200} />
        ))}
      </div>
    </section>
  );
}
