import type { TopLevelSpec } from 'vega-lite';
import { UserError } from '../user-error.ts';
import { domainOf, numericAxis } from './axis-scale.ts';
import { palette } from './palette.ts';
import { besidePanel, type Panel, panelStack } from './panel-stack.ts';

/** The step sizes of a group of weights at one moment, as a row of step-sizes.jsonl holds them. */
export interface StepSizeRow {
  readonly step: number;
  readonly quantiles: readonly number[]; // min, q10, median, q90, max
  readonly sample: readonly number[]; // of some weights, always the same
}

export interface StepSizeGroup {
  readonly name: string; // cell, head
  readonly rows: readonly StepSizeRow[];
}

export interface StepSizeTrajectories {
  readonly title: string;
  readonly note?: string;
  readonly xTitle?: string;
  readonly yTitle?: string;
  readonly groups: readonly StepSizeGroup[]; // a panel each
}

const HEIGHT = 190; // px of a panel
const DECADES = 8; // under the least median: what is smaller lies on the lower edge
const ROWS = 400; // that are drawn: no more can be told apart

/**
 * The step sizes of single weights over a run, on a log axis: their whole range light, the middle 80 % darker, the median
 * as a line, and some weights as thin lines, which show whether the rule tells weights apart.
 */
export function stepSizeTrajectories(options: StepSizeTrajectories): TopLevelSpec {
  const { title, groups, xTitle = 'steps', yTitle = 'step size' } = options;
  const shown = groups
    .map(({ name, rows }) => ({ name, rows: thinned(rows.filter(isDrawable)) }))
    .filter(({ rows }) => rows.length > 0);
  if (shown.length === 0) throw new UserError(`Cannot plot "${title}": there are no step sizes above zero`);
  const xDomain = domainOf(
    shown.flatMap(({ rows }) => rows.map(({ step }) => step)),
    'linear',
    0,
  );
  const upright = besidePanel(yTitle, HEIGHT);
  const panels = shown.map(({ name, rows }, i): Panel =>
    panelOf(name, rows, xDomain, upright.axis, i === shown.length - 1 ? xTitle : null),
  );
  const legend = [
    { name: 'median', mark: { type: 'rule', strokeWidth: 2.4, color: palette[0] } },
    { name: '10 % to 90 % of the weights', mark: { type: 'rect', color: palette[0], opacity: 0.35 } },
    { name: 'least to largest', mark: { type: 'rect', color: palette[0], opacity: 0.13 } },
    { name: 'single weights', mark: { type: 'rule', strokeWidth: 1, color: palette[1] } },
  ];
  return panelStack(
    { title, note: [...(options.note === undefined ? [] : [options.note]), ...upright.note].join('; '), legend },
    panels,
  );
}

function panelOf(
  name: string,
  rows: readonly StepSizeRow[],
  xDomain: readonly [number, number],
  yTitle: string | null,
  xTitle: string | null,
): Panel {
  const all = rows.flatMap(({ quantiles, sample }) => [...quantiles, ...sample]).filter((value) => value > 0);
  const medians = rows.map(({ quantiles }) => quantiles[2]!).filter((value) => value > 0);
  const least = (medians.length > 0 ? medians : all).reduce((a, b) => Math.min(a, b), Infinity) * 10 ** -DECADES;
  const domain = domainOf(
    all.filter((value) => value >= least),
    'log',
  );
  const inside = (value: number): number | null => (Number.isFinite(value) ? Math.max(domain[0], value) : null);
  const bands = rows.map(({ step, quantiles }) => {
    const [lowest, low, median, high, largest] = quantiles.map(inside);
    return { step, lowest, low, median, high, largest };
  });
  const lines = rows.flatMap(({ step, sample }) =>
    sample.map((value, weight) => ({ step, weight, value: inside(value) })),
  );
  const axis = numericAxis(xTitle ?? '', 'linear', xDomain);
  const labels =
    xTitle === null ? { labels: false, ticks: false, title: null } : { labelExpr: "format(datum.value, '~s')" };
  const x = { field: 'step', type: 'quantitative', ...axis, axis: { ...axis.axis, ...labels } } as const;
  const y = { type: 'quantitative', ...numericAxis(yTitle, 'log', domain) } as const;
  const area = (low: string, high: string, opacity: number) =>
    ({
      data: { values: bands },
      mark: { type: 'area', color: palette[0], opacity },
      encoding: { x, y: { ...y, field: low }, y2: { field: high } },
    }) as const;
  return {
    title: name,
    height: HEIGHT,
    layer: [
      area('lowest', 'largest', 0.13),
      area('low', 'high', 0.25),
      {
        data: { values: lines },
        mark: {
          type: 'line',
          strokeWidth: 0.8,
          opacity: 0.75,
          color: palette[1],
          point: rows.length === 1 ? { size: 8 } : false,
        },
        encoding: { x, y: { ...y, field: 'value' }, detail: { field: 'weight' } },
      },
      {
        data: { values: bands },
        mark: { type: 'line', strokeWidth: 2.4, color: palette[0], point: rows.length === 1 ? { size: 50 } : false },
        encoding: { x, y: { ...y, field: 'median' } },
      },
    ],
  };
}

const isDrawable = ({ quantiles }: StepSizeRow): boolean =>
  quantiles.length === 5 && quantiles[4]! > 0 && quantiles.every(Number.isFinite);

/** Rows at even distances, the last one always among them. */
function thinned(rows: readonly StepSizeRow[]): StepSizeRow[] {
  const stride = Math.ceil(rows.length / ROWS);
  return rows.filter((_, i) => (rows.length - 1 - i) % stride === 0);
}
