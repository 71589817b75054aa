/** Line charts, then pictures of numbers, side by side as far as there is room. */
import type { Chart } from './chart.ts';
import { type Heat, HeatMap } from './heat-map.tsx';
import { LinePlot } from './line-plot.tsx';

interface GridProps {
  readonly charts: readonly Chart[];
  readonly heats: readonly Heat[];
}

export function PlotGrid({ charts, heats }: GridProps) {
  return (
    <div class="plots">
      {charts.map((chart) => (
        <LinePlot key={chart.name} chart={chart} height={220} />
      ))}
      {heats.map((map) => (
        <HeatMap key={map.name} map={map} />
      ))}
    </div>
  );
}
