/** The window of a live run as charts and pictures. */
import type { Chart } from '../plots/chart.ts';
import type { Heat } from '../plots/heat-map.tsx';
import type { LiveWindow } from './live-window.ts';
import { returnsOf } from './trace-charts.ts';

/** `question`: place of one of a horde. */
export function stepCharts(
  id: string,
  window: Pick<LiveWindow, 'from' | 'steps' | 'questions'>,
  question = 0,
): Chart[] {
  const { from } = window;
  const steps = stepsOf(window, question);
  const name = id.replaceAll('/', '-') + (question === 0 ? '' : `-question-${question + 1}`);
  const x = steps.prediction.map((_, i) => from + i);
  const base = { x, xTitle: 'step' };
  const hasValue = steps.value.some((value) => value !== null);
  const truth = hasValue ? steps.value : returnsOf(steps.cumulant, steps.discount);
  return [
    {
      ...base,
      name: `${name}-live-prediction`,
      title: hasValue ? 'Prediction and true value' : 'Prediction and return',
      yTitle: 'value',
      lines: [
        { label: 'prediction', y: steps.prediction, color: 0 },
        { label: hasValue ? 'true value' : 'return', y: truth, color: 1 },
        { label: 'cumulant', y: steps.cumulant, color: 2 },
      ],
    },
    {
      ...base,
      name: `${name}-live-error`,
      title: 'Error',
      yTitle: 'delta',
      lines: [{ label: 'delta', y: steps.delta, color: 3 }],
    },
  ];
}

function stepsOf({ steps, questions }: Pick<LiveWindow, 'steps' | 'questions'>, question: number): LiveWindow['steps'] {
  const own = questions?.others[question - 1];
  return own ? { ...steps, ...own, value: steps.value.map(() => null) } : steps;
}

/** Apart, since it changes less often. */
export function normsChart(id: string, slow: LiveWindow['slow']): Chart {
  const names = [...new Set(slow.flatMap(({ values }) => Object.keys(values)))].filter((one) => one !== 'learner.time'); // a count
  return {
    name: `${id.replaceAll('/', '-')}-live-norms`,
    title: 'Norms',
    yTitle: 'L2 norm',
    xTitle: 'step',
    x: slow.map(({ step }) => step),
    lines: names.map((label, color) => ({ label, color, y: slow.map(({ values }) => values[label] ?? null) })),
    isLog: true,
  };
}

export function insideHeats(id: string, { from, observation, states, stateEvery, influence }: LiveWindow): Heat[] {
  const name = id.replaceAll('/', '-');
  const [first, last] = [states[0]?.step ?? 0, states.at(-1)?.step ?? 0];
  const units = states.at(-1)?.values.length ?? 0;
  const own = states.filter(({ values }) => values.length === units);
  return [
    {
      name: `${name}-live-observation`,
      title: 'Observation, step by step',
      from,
      stride: 1,
      rows: observation,
      rowName: 'entry',
    },
    {
      name: `${name}-live-state`,
      title: 'State of every unit, as it was looked at',
      from: first,
      stride: own.length > 1 ? (last - first) / (own.length - 1) : 1,
      rows: Array.from({ length: units }, (_, i) => own.map(({ values }) => values[i]!)),
      rowName: stateEvery === 1 ? 'number of the state' : `${stateEvery} numbers of the state`,
      isByRow: true,
    },
    ...(influence === null
      ? []
      : [
          {
            name: `${name}-live-influence`,
            title: 'Influence: norm of the rows of J, unit by unit',
            from: 0,
            stride: influence.every,
            rows: [influence.perUnit],
            rowName: 'net',
            columnName: 'units',
          },
        ]),
  ].filter(({ rows }) => (rows[0]?.length ?? 0) > 0);
}
