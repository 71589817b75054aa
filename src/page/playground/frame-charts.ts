/** What a frame tells, as charts and pictures. */
import type { About, Frame } from 'agent-state/playground/protocol';
import type { Chart, Line } from '../plots/chart.ts';
import type { Heat } from '../plots/heat-map.tsx';

const known = (values: ArrayLike<number>): (number | null)[] =>
  Array.from(values, (value) => (Number.isFinite(value) ? value : null));

const isAny = (values: readonly (number | null)[]): boolean => values.some((value) => value !== null);

export function curveChart({ measure, floors }: About, { curve }: Frame): Chart {
  const x = [...curve.step];
  const floor = (label: string, value: number, color: number): Line => ({ label, color, y: x.map(() => value) });
  return {
    name: 'playground-curve',
    title: 'Learning curve',
    x,
    xTitle: 'steps',
    yTitle: measure === 'squared error' ? 'mean squared error' : measure,
    lines: [
      { label: 'the learner', y: known(curve.value), color: 0 },
      ...(floors ? [floor('best constant', floors.constant, 1), floor('ideal', floors.ideal, 2)] : []),
    ],
  };
}

export function windowCharts({ window }: Frame): Chart[] {
  const x = Array.from({ length: window.length }, (_, i) => window.from + i);
  const base = { x, xTitle: 'step' };
  const value = known(window.value);
  return [
    {
      ...base,
      name: 'playground-prediction',
      title: 'Prediction and what it is about',
      yTitle: 'value',
      lines: [
        { label: 'prediction', y: known(window.prediction), color: 0 },
        isAny(value)
          ? { label: 'true value', y: value, color: 1 }
          : { label: 'return', y: known(window.return), color: 1 },
        { label: 'reward', y: known(window.cumulant), color: 2 },
      ],
    },
    {
      ...base,
      name: 'playground-error',
      title: 'TD error',
      yTitle: 'delta',
      lines: [{ label: 'delta', y: known(window.delta), color: 3 }],
    },
  ];
}

/** Of [length x width] numbers, one row per entry. */
function rowsOf(values: Float64Array, length: number): number[][] {
  const width = length > 0 ? values.length / length : 0;
  return Array.from({ length: width }, (_, j) => Array.from({ length }, (__, t) => values[t * width + j]!));
}

export function windowHeats({ window }: Frame): Heat[] {
  const { from, length } = window;
  const base = { from, stride: 1 };
  const all: Heat[] = [
    {
      ...base,
      name: 'playground-observation',
      title: 'What it sees',
      rowName: 'input',
      rows: rowsOf(window.observation, length),
    },
    {
      ...base,
      name: 'playground-state',
      title: 'Its state',
      rowName: 'number of the state',
      rows: rowsOf(window.state, length),
      isByRow: true,
    },
    {
      ...base,
      name: 'playground-eligibility',
      title: 'What the next error would change',
      rowName: 'unit',
      rows: rowsOf(window.eligibility, length),
    },
  ];
  return all.filter(({ rows }) => rows.length > 0);
}

/** Step sizes of the weights of each group, from the least to the largest. */
export function stepSizeCharts({ inside }: Frame): Chart[] {
  return inside.stepSizes.map(({ group, values, weights }) => ({
    name: `playground-step-sizes-${group}`,
    title: `Step sizes of the ${group}`,
    x: Array.from(values, (_, i) => Math.floor((i * weights) / values.length)),
    xTitle: 'weight',
    yTitle: 'step size',
    lines: [{ label: 'step size', y: known(values), color: 4 }],
    isLog: true,
  }));
}
