/** Prediction beside return, and the TD error, of the last steps of a run. */
import type { Trace } from '../../dashboard/protocol.ts';
import type { Chart } from '../plots/chart.ts';

type Numbers = readonly (number | null)[];

/**
 * g[i], the return that prediction[i] is about: cumulant[i + 1] + discount[i + 1] g[i + 1], from the end backwards. null
 * where what is yet to come still weighs more than `most` of a cumulant.
 */
export function returnsOf(cumulant: Numbers, discount: Numbers, most = 0.01): (number | null)[] {
  const g: (number | null)[] = cumulant.map(() => null);
  let sum = 0;
  let left = 1; // weight of what lies beyond the last step
  for (let i = cumulant.length - 2; i >= 0; i--) {
    const [c, gamma] = [cumulant[i + 1] ?? null, discount[i + 1] ?? null];
    if (c === null || gamma === null) return g; // what is not finite spoils all before it
    sum = c + gamma * sum;
    left *= gamma;
    if (left <= most) g[i] = sum;
  }
  return g;
}

/** delta[i] = cumulant[i] + discount[i] prediction[i] - prediction[i - 1]; none where an episode opens. */
export function errorsOf({ prediction, cumulant, discount, start }: Trace): (number | null)[] {
  return prediction.map((v, i) => {
    const [before, c, gamma] = [prediction[i - 1] ?? null, cumulant[i] ?? null, discount[i] ?? null];
    if (start[i] === 1 || v === null || before === null || c === null || gamma === null) return null;
    return c + gamma * v - before;
  });
}

export function chartsOfTrace(id: string, trace: Trace): Chart[] {
  const x = trace.prediction.map((_, i) => trace.from + i);
  const base = { x, xTitle: 'step' };
  const name = id.replaceAll('/', '-');
  if (trace.classes) return [chartOfClasses(trace.classes, { ...base, name: `${name}-classes` })];
  const truth = trace.value ?? returnsOf(trace.cumulant, trace.discount);
  return [
    {
      ...base,
      name: `${name}-prediction`,
      title: trace.value ? 'Prediction and true value' : 'Prediction and return',
      yTitle: 'value',
      lines: [
        { label: 'prediction', y: trace.prediction, color: 0 },
        { label: trace.value ? 'true value' : 'return', y: truth, color: 1 },
        { label: 'cumulant', y: trace.cumulant, color: 2 },
      ],
    },
    {
      ...base,
      name: `${name}-td-error`,
      title: 'TD error',
      yTitle: 'delta',
      lines: [{ label: 'delta', y: errorsOf(trace), color: 3 }],
    },
  ];
}

/** Bits paid for the class that came beside those that were expected. */
function chartOfClasses(classes: NonNullable<Trace['classes']>, base: Pick<Chart, 'name' | 'x' | 'xTitle'>): Chart {
  const paid = classes.probability.map((p) => (p === null ? null : -Math.log2(Math.max(p, Number.MIN_VALUE))));
  return {
    ...base,
    title: 'Bits paid for the class that came, and bits expected',
    yTitle: 'bits',
    lines: [
      { label: 'paid', y: paid, color: 0 },
      { label: 'expected (entropy)', y: classes.entropy, color: 1 },
    ],
  };
}
