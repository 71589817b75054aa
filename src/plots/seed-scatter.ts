import type { TopLevelSpec } from 'vega-lite';
import { UserError } from '../user-error.ts';
import { type AxisScale, domainOf, numericAxis, scaleFor, share } from './axis-scale.ts';
import { frame, PICTURE_WIDTH, wrapped } from './frame.ts';
import { palette, referenceColor } from './palette.ts';
import { swarm } from './swarm.ts';
import type { ReferenceLine } from './y-domain.ts';

/** A method's final score for every seed, and what is said of them. */
export interface SeedScores {
  readonly name: string;
  readonly values: readonly number[]; // [seeds]; not finite: it diverged
  readonly mean: number; // NaN: none
  readonly low: number | null; // of the 95 % interval of the mean
  readonly high: number | null;
}

export interface SeedScatter {
  readonly title: string;
  readonly note?: string;
  readonly xTitle: string; // the score
  readonly methods: readonly SeedScores[];
  readonly references?: readonly ReferenceLine[]; // upright
  readonly xScale?: AxisScale; // by the values
}

const ROW = 46; // px of height of a method, more where its name takes four lines
const SWARM = 15; // px over the middle of a row, where the dots may lie, and as many under it
const NAMES = 300; // px for names at most
const NAME_LETTER = 6.6; // px, of 12 px
const MARGIN = 74; // px at the right, where what diverged is counted

/**
 * Final scores, a row per method: a dot for every seed, side by side where they would lie on each other, under them the
 * mean as a diamond with its interval, and at the right edge how many seeds diverged.
 */
export function seedScatter(options: SeedScatter): TopLevelSpec {
  const {
    title,
    methods,
    references = [],
    note = 'a dot: one seed; diamond and bar: mean and its 95 % bootstrap interval',
  } = options;
  const finite = methods.flatMap(({ values }) => values.filter(Number.isFinite));
  const all = [...finite, ...references.map(({ value }) => value)];
  const xScale = options.xScale ?? scaleFor(all);
  const fits = (value: number): boolean => Number.isFinite(value) && (xScale === 'linear' || value > 0);
  if (!methods.some(({ values }) => values.length > 0))
    throw new UserError(`Cannot plot "${title}": there are no seeds`);
  const edges = methods.flatMap(({ mean, low, high }) => [mean, low ?? mean, high ?? mean]);
  const xDomain = domainOf([...all, ...edges], xScale, 0.03);
  const longest = Math.max(...methods.map(({ name }) => name.length));
  const left = Math.min(NAMES, NAME_LETTER * longest) + 22;
  const row = Math.max(ROW, ...methods.map(({ name }) => 14 * wrapped(name, NAMES, NAME_LETTER).length + 6));
  const height = row * methods.length;
  const right = 28 + (methods.some(({ values }) => !values.every(fits)) ? MARGIN : 0);
  const lines = references.filter(({ value }) => fits(value));
  const { spec, head } = frame({ title, note, names: [], height, left, top: 14 * lines.length, headX: 8 - left });
  const width = PICTURE_WIDTH - left - right;
  const toX = (value: number): number => width * share(value, xScale, xDomain);
  const middle = (i: number): number => row * (i + 0.5);
  const dots = methods.flatMap(({ name, values }, method) => {
    const drawn = values.map((value, seed) => ({ value, seed })).filter(({ value }) => fits(value));
    const lifts = swarm(
      drawn.map(({ value }) => toX(value)),
      5.5,
      SWARM - 3,
    );
    return drawn.map(({ value, seed }, i) => ({ name, seed, value, y: middle(method) - 5 + lifts[i]! }));
  });
  const means = methods.flatMap(({ name, mean, low, high }, method) =>
    fits(mean)
      ? [
          {
            name,
            mean,
            low: low === null ? null : Math.max(low, xDomain[0]),
            high: low === null ? null : high,
            y: middle(method) + SWARM,
          },
        ]
      : [],
  );
  const lost = methods.flatMap(({ name, values }, method) => {
    const count = values.filter((value) => !fits(value)).length;
    return count === 0 ? [] : [{ name, text: `× ${count} of ${values.length}`, y: middle(method) }];
  });
  const order = methods.map(({ name }) => name);
  const color = {
    field: 'name',
    type: 'nominal',
    legend: null,
    scale: { domain: order, range: order.map((_, i) => palette[i % palette.length]!) },
  } as const;
  const x = { type: 'quantitative', ...numericAxis(options.xTitle, xScale, xDomain) } as const;
  const y = {
    field: 'y',
    type: 'quantitative',
    scale: { domain: [height, 0] as [number, number], nice: false },
    axis: null,
  } as const;
  return {
    ...spec,
    width,
    padding: { ...spec.padding, right },
    data: { values: dots },
    layer: [
      ...head,
      {
        data: { values: methods.slice(1).map((_, i) => ({ y: row * (i + 1) })) },
        mark: { type: 'rule', color: '#dddddd' },
        encoding: { y, x: { value: 0 }, x2: { value: width } },
      },
      ...methods.map(({ name }, method) => nameLayer(name, middle(method))),
      ...lines.map(({ name, value }, i) => referenceLayer(name, toX(value), -14 * i, width)).flat(),
      {
        mark: { type: 'point', filled: true, size: 26, opacity: 0.65 },
        encoding: { x: { ...x, field: 'value' }, y, color },
      },
      {
        data: { values: means.filter(({ low }) => low !== null) },
        mark: { type: 'rule', strokeWidth: 2 },
        encoding: { x: { ...x, field: 'low' }, x2: { field: 'high' }, y, color },
      },
      {
        data: { values: means },
        mark: {
          type: 'point',
          shape: 'diamond',
          filled: true,
          size: 70,
          opacity: 1,
          stroke: 'white',
          strokeWidth: 0.8,
        },
        encoding: { x: { ...x, field: 'mean' }, y, color },
      },
      ...(lost.length === 0
        ? []
        : [
            {
              data: { values: lost },
              mark: { type: 'text', align: 'left', fontSize: 12 } as const,
              encoding: { x: { value: width + 8 }, y, text: { field: 'text' }, color } as const,
            },
            {
              data: { values: [{}] },
              mark: {
                type: 'text',
                align: 'left',
                fontSize: 12,
                baseline: 'bottom',
                text: 'diverged',
                color: '#444444',
              } as const,
              encoding: { x: { value: width + 8 }, y: { value: -3 } },
            },
          ]),
    ],
  };
}

/** At the left of its row, in as many lines as it takes. */
function nameLayer(name: string, y: number) {
  const lines = wrapped(name, NAMES, NAME_LETTER);
  const mark = { type: 'text' as const, align: 'right' as const, baseline: 'middle' as const, fontSize: 12 };
  return {
    data: { values: [{ name }] },
    mark: { ...mark, text: lines, lineHeight: 14, dy: -7 * (lines.length - 1) },
    encoding: { x: { value: -10 }, y: { value: y } },
  };
}

/** An upright dashed line, its name over it, each in a line of its own. */
function referenceLayer(name: string, x: number, lift: number, width: number) {
  const isRight = x > 0.75 * width;
  const align = isRight ? ('right' as const) : ('left' as const);
  const text = {
    type: 'text' as const,
    text: name,
    align,
    baseline: 'bottom' as const,
    fontSize: 11,
    color: referenceColor,
  };
  const rule = { type: 'rule' as const, strokeDash: [5, 4], strokeWidth: 1.2, color: referenceColor };
  const data = { values: [{ name }] };
  return [
    { data, mark: rule, encoding: { x: { value: x }, y: { value: lift - 4 }, y2: { value: 'height' as const } } },
    { data, mark: text, encoding: { x: { value: x + (isRight ? -4 : 4) }, y: { value: lift - 2 } } },
  ];
}
