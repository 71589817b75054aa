/** What a frame tells, as charts and pictures. */
import { inputGroups, knownReturns, trialOf } from 'agent-state/playground/known';
import type { About, Frame, Window } from 'agent-state/playground/protocol';
import type { Chart, Line } from '../plots/chart.ts';
import type { Heat } from '../plots/heat-map.tsx';
import type { ShownSteps } from './shown-steps.ts';

const known = (values: ArrayLike<number>): (number | null)[] =>
  Array.from(values, (value) => (Number.isFinite(value) ? value : null));

const isAny = (values: readonly (number | null)[]): boolean => values.some((value) => value !== null);

export function curveChart({ measure, floors, setting }: About, { curve }: Frame): Chart {
  const x = [...curve.step];
  const isError = measure === 'squared error';
  const levels = floors
    ? [
        { label: 'best constant guess', value: floors.constant },
        { label: 'best possible', value: floors.ideal },
      ]
    : isError
      ? []
      : knownReturns(setting.env);
  const means = `Every point is the mean of ${curve.every} steps.`;
  return {
    name: 'playground-curve',
    title: 'Learning curve',
    note: isError ? `How far predictions are off, squared: lower is better. ${means}` : `Higher is better. ${means}`,
    x,
    xTitle: 'steps',
    yTitle: isError ? 'mean squared error' : measure,
    lines: [
      { label: 'the learner', y: known(curve.value), color: 0 },
      ...levels.map(({ label, value }, i) => ({ label, color: i + 1, y: x.map(() => value) })),
    ],
  };
}

export function windowCharts({ setting }: About, { window }: Frame, shown: ShownSteps): Chart[] {
  const cut = (values: Float64Array): (number | null)[] =>
    known(values.subarray(shown.first, shown.first + shown.length));
  const x = Array.from({ length: shown.length }, (_, i) => shown.from + i);
  const base = { x, xTitle: shown.xTitle };
  const value = cut(window.value);
  const cue = cueLine(setting.env, window);
  return [
    {
      ...base,
      name: 'playground-prediction',
      title: 'Prediction and what it is about',
      note: isAny(value)
        ? 'What it expects, and what it should expect: the true value.'
        : 'The return is the reward to come, less the later it comes. It knows the future; the prediction cannot.',
      yTitle: 'value',
      lines: [
        { label: 'prediction', y: cut(window.prediction), color: 0 },
        isAny(value)
          ? { label: 'true value', y: value, color: 1 }
          : { label: 'return', y: cut(window.return), color: 1 },
        ...(trialOf(setting.env.id) ? [{ label: 'reward', y: cut(window.cumulant), color: 2 }] : []),
        ...(cue ? [{ label: cue.label, y: cut(cue.y), color: 3 } satisfies Line] : []),
      ],
    },
    {
      ...base,
      name: 'playground-error',
      title: 'TD error',
      note: 'The surprise of a step: reward and next prediction against what was predicted. It is what learning goes by.',
      yTitle: 'delta',
      lines: [{ label: 'TD error', y: cut(window.delta), color: 3 }],
    },
  ];
}

/** 1 where a cue is on, or the sign of an episode is shown. */
function cueLine(env: About['setting']['env'], { observation, length, start }: Window) {
  if (env.id === 't-maze') return { label: 'sign', y: Float64Array.from(start) };
  const cue = inputGroups(env).find(({ name }) => name === 'cue' || name === 'cues');
  if (!cue || length === 0) return null;
  const width = observation.length / length;
  const isOn = (t: number): boolean => {
    for (let j = cue.from; j < Math.min(cue.to, width); j++) if (observation[t * width + j]! > 0) return true;
    return false;
  };
  return { label: 'cue', y: Float64Array.from({ length }, (_, t) => (isOn(t) ? 1 : 0)) };
}

/** Of [length x width] numbers, one row per entry, at the steps that are shown. */
function rowsOf(values: Float64Array, length: number, shown: ShownSteps): number[][] {
  const width = length > 0 ? values.length / length : 0;
  const at = (t: number, j: number): number => values[(shown.first + t) * width + j]!;
  return Array.from({ length: width }, (_, j) => Array.from({ length: shown.length }, (__, t) => at(t, j)));
}

export function windowHeats({ setting }: About, { window }: Frame, shown: ShownSteps): Heat[] {
  const { length } = window;
  const base = { from: shown.from, stride: 1, ...(shown.from < 0 ? { columnName: shown.xTitle } : {}) };
  const groups = inputGroups(setting.env).map(({ name, from, to }) => `${name} ${placed(from, to)}`);
  const all: Heat[] = [
    {
      ...base,
      name: 'playground-observation',
      title: 'What it sees',
      note: groups.length > 0 ? `Rows from the top: ${groups.join(', ')}.` : 'A row per input.',
      rowName: 'input',
      rows: rowsOf(window.observation, length, shown),
    },
    {
      ...base,
      name: 'playground-state',
      title: 'Its state',
      note: 'Its memory, a row per number. A row that the cue changes, and that stays so, carries it across the gap.',
      rowName: 'number of the state',
      rows: rowsOf(window.state, length, shown),
      isByRow: true,
    },
    {
      ...base,
      name: 'playground-eligibility',
      title: 'What the next error would change',
      note: 'Eligibility: how far the weights of each unit are held to account for what comes next. It fades by lambda.',
      rowName: 'unit',
      rows: rowsOf(window.eligibility, length, shown),
      isByRow: true,
    },
  ];
  return all.filter(({ rows }) => rows.length > 0);
}

const placed = (from: number, to: number): string => (to - from === 1 ? `${from + 1}` : `${from + 1}\u2013${to}`);
