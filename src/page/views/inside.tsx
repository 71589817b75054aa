/** The inside of a run while it is lived: what it predicts, sees and holds, a few times a second. */
import { useMemo } from 'preact/hooks';
import { showNumber } from '../parts/show.ts';
import { PlotGrid } from '../plots/plot-grid.tsx';
import { insideHeats, normsChart, stepCharts } from './inside-charts.ts';
import type { LiveWindow } from './live-window.ts';

interface InsideProps {
  readonly id: string;
  readonly window: LiveWindow;
}

export function Inside({ id, window }: InsideProps) {
  const steps = useMemo(() => stepCharts(id, window), [id, window.steps]);
  const norms = useMemo(() => normsChart(id, window.slow), [id, window.slow]);
  const heats = useMemo(() => insideHeats(id, window), [id, window]);
  if (window.states.length === 0) return null;
  return (
    <section aria-labelledby="inside">
      <h2 id="inside">
        Inside{' '}
        <span class="faint small">
          {window.usPerStep === null ? '' : `${showNumber(window.usPerStep)} µs per step, what is watched included`}
        </span>
      </h2>
      <PlotGrid charts={[...steps, norms]} heats={heats} />
    </section>
  );
}
