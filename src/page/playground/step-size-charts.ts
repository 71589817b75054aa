/** Step sizes, weight by weight; where it is known which inputs matter, also those against the others, over the run. */
import type { About, Frame } from 'agent-state/playground/protocol';
import type { Chart, Line } from '../plots/chart.ts';
import { type GroupHistory, stepSizeGroups } from './step-size-history.ts';

const LEAST = 1e-12; // what is below is as good as nothing

const shown = (value: number): number | null => (value > LEAST && Number.isFinite(value) ? value : null);

export function stepSizeCharts(about: About, { inside }: Frame): Chart[] {
  const groups = stepSizeGroups(about);
  return inside.stepSizes.map(({ group, values, weights }) => ({
    name: `playground-step-sizes-${group}`,
    title: groups ? 'Step size of every input' : `Step sizes of the ${group}`,
    note: groups
      ? 'Now, from the first input to the last.'
      : 'One per weight. Rules like IDBD learn them; RMSprop and Adam divide alpha by the size of recent gradients.',
    x: Array.from(values, (_, i) => Math.floor((i * weights) / values.length)),
    xTitle: groups ? 'input' : 'weight',
    yTitle: 'step size',
    lines: groups
      ? groups.map(({ name, from, to }, i): Line => {
          return { label: name, color: i, y: Array.from(values, (v, j) => (j >= from && j < to ? shown(v) : null)) };
        })
      : [{ label: 'step size', y: Array.from(values, shown), color: 4 }],
    isLog: true,
  }));
}

export function historyChart(groups: readonly GroupHistory[]): Chart {
  return {
    name: 'playground-step-sizes-history',
    title: 'Signal sorted from noise',
    note: 'Step sizes since the start: the geometric mean over the inputs that matter, and over those that do not.',
    x: [...(groups[0]?.curve.step ?? [])],
    xTitle: 'steps',
    yTitle: 'step size',
    lines: groups.map(({ name, curve }, i) => ({ label: name, color: i, y: Array.from(curve.value, shown) })),
    isLog: true,
  };
}
