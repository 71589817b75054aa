import type { TopLevelSpec } from 'vega-lite';
import { UserError } from '../user-error.ts';
import { domainOf, numericAxis } from './axis-scale.ts';
import { dashes, palette, referenceColor } from './palette.ts';
import { besidePanel, type Panel, panelStack } from './panel-stack.ts';
import type { Layers } from './reference-layers.ts';

/** What a method predicted at each of the steps. */
export interface PredictionRow {
  readonly name: string;
  readonly prediction: readonly number[]; // [steps]; not finite: a gap
}

export interface PredictionTrace {
  readonly title: string;
  readonly note?: string;
  readonly xTitle?: string;
  readonly yTitle?: string; // of prediction and return
  readonly cumulantTitle?: string;
  readonly truth?: string; // what `returns` are: return, or value
  readonly from: number; // the first step
  readonly rows: readonly PredictionRow[]; // a panel each
  readonly returns: readonly number[]; // [steps]; NaN where it is not known
  readonly cumulant: readonly number[]; // [steps]
  readonly starts?: readonly number[]; // [steps]; not zero: an episode begins
}

const HEIGHT = { many: 92, few: 170, cumulant: 70 }; // px
const FAR = 6; // ranges of the return: a method beyond would flatten all others
const NOTHING = 1e-12; // a cumulant that has no stem

/**
 * Prediction against return over some steps, a panel per method with the same return and the same axes
 * unless a method leaves them far behind, and under them the
 * cumulant as stems. Dotted upright lines are starts of episodes; both lines have gaps where they are not known.
 */
export function predictionTrace(options: PredictionTrace): TopLevelSpec {
  const { title, from, rows, returns, cumulant, starts = [], xTitle = 'step', yTitle = 'prediction' } = options;
  const count = returns.length;
  if (rows.length === 0 || count === 0) throw new UserError(`Cannot plot "${title}": there are no steps`);
  const others = [...rows.map(({ name, prediction }) => [name, prediction] as const), ['cumulant', cumulant] as const];
  for (const [name, values] of others) {
    if (values.length !== count) {
      throw new UserError(
        `Cannot plot "${title}": "${name}" needs ${count} values, one per step, got ${values.length}`,
      );
    }
  }
  const xDomain: [number, number] = [from - 0.5, from + count - 0.5];
  const far = new Set(rows.filter(({ prediction }) => span(prediction) > FAR * (span(returns) || Infinity)));
  const near = rows.filter((row) => !far.has(row)).flatMap(({ prediction }) => prediction);
  const shared = domainOf([...returns, ...near], 'linear');
  const ends = domainOf([0, ...cumulant], 'linear', 0.1);
  const begins = starts.flatMap((start, i) => (start === 0 ? [] : [{ step: from + i }]));
  const x = xAxis(xDomain, null);
  const height = rows.length > 2 ? HEIGHT.many : HEIGHT.few;
  const upright = besidePanel(yTitle, height);
  const panels = rows.map((row): Panel => {
    const { name, prediction } = row;
    const domain = far.has(row) ? domainOf([...returns, ...prediction], 'linear') : shared;
    const y = { field: 'value', type: 'quantitative', ...numericAxis(upright.axis, 'linear', domain) } as const;
    const few = { ...y, axis: { ...y.axis, tickCount: 4 } } as const;
    return {
      title: far.has(row) ? `${name} (on an axis of its own)` : name,
      height,
      layer: [
        ...episodes(begins, x),
        line(at(returns, from), x, few, { color: referenceColor, strokeDash: [...dashes[1]!], strokeWidth: 1.6 }),
        line(at(prediction, from), x, few, { color: palette[0], strokeWidth: 1.8 }),
      ],
    };
  });
  const last = xAxis(xDomain, xTitle);
  const y = { type: 'quantitative', ...numericAxis(options.cumulantTitle ?? 'cumulant', 'linear', ends) } as const;
  const stems = at(cumulant, from).filter(({ value }) => value !== null && Math.abs(value) > NOTHING);
  const legend = [
    { name: 'prediction', mark: { type: 'rule', color: palette[0], strokeWidth: 2.4 } },
    {
      name: options.truth ?? 'return',
      mark: { type: 'rule', color: referenceColor, strokeDash: [...dashes[1]!], strokeWidth: 2 },
    },
    { name: 'cumulant', mark: { type: 'rule', color: palette[1], strokeWidth: 2.4 } },
    ...(begins.length === 0
      ? []
      : [{ name: 'episode starts', mark: { type: 'rule', color: '#888888', strokeDash: [2, 2] } }]),
  ];
  return panelStack(
    { title, note: [...(options.note === undefined ? [] : [options.note]), ...upright.note].join('; '), legend },
    [
      ...panels,
      {
        height: HEIGHT.cumulant,
        layer: [
          ...episodes(begins, last),
          {
            data: { values: [{ value: 0 }] },
            mark: { type: 'rule', color: '#bbbbbb' },
            encoding: {
              x: { value: 0 },
              x2: { value: 'width' },
              y: { ...y, field: 'value', axis: { ...y.axis, tickCount: 3 } },
            },
          },
          {
            data: { values: stems.map((one) => ({ ...one, zero: 0 })) },
            mark: { type: 'rule', color: palette[1], strokeWidth: count > 200 ? 1.4 : 2.4 },
            encoding: {
              x: last,
              y: { ...y, field: 'zero', axis: { ...y.axis, tickCount: 3 } },
              y2: { field: 'value' },
            },
          },
        ],
      },
    ],
  );
}

/** From the least to the largest. */
function span(values: readonly number[]): number {
  const finite = values.filter(Number.isFinite);
  const [low, high] = [
    finite.reduce((a, b) => Math.min(a, b), Infinity),
    finite.reduce((a, b) => Math.max(a, b), -Infinity),
  ];
  return Math.max(0, high - low);
}

type Axis = ReturnType<typeof xAxis>;

const at = (values: readonly number[], from: number) =>
  values.map((value, i) => ({ step: from + i, value: Number.isFinite(value) ? value : null }));

/** Labels under the last panel alone. */
function xAxis(domain: [number, number], title: string | null) {
  const axis = { format: ',d', tickCount: 8, tickMinStep: 1, grid: false };
  return {
    field: 'step',
    type: 'quantitative' as const,
    scale: { domain, nice: false, zero: false },
    axis: title === null ? { ...axis, labels: false, ticks: false, title: null } : { ...axis, title },
  };
}

function line(values: readonly object[], x: Axis, y: object, style: object): Layers[number] {
  return {
    data: { values: [...values] },
    mark: {
      type: 'line' as const,
      invalid: 'break-paths-show-domains' as const,
      ...style,
      ...(values.length === 1 ? { point: true } : {}),
    },
    encoding: { x, y },
  };
}

const episodes = (values: { step: number }[], x: Axis): Layers => [
  {
    data: { values },
    mark: { type: 'rule', color: '#888888', strokeDash: [2, 2], strokeWidth: 1 },
    encoding: { x: { ...x }, y: { value: 0 }, y2: { value: 'height' } },
  },
];
