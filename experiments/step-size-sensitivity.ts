/**
 * Every rule of src/step-sizes on one problem, the tracking task of IDBD (Sutton 1992; experiments/idbd-tracking.ts): mean
 * squared error of the last third, against the step size at the start and, of rules that learn theirs, the meta step size. The
 * folder is the list: `alpha` is the option of that name, the meta step size the one that says so in its description, and
 * everything else stays at its default, lambda at 0 where there is one. A rule without `alpha` is a line across.
 */
import { createRng, makeEnv } from '@rl-tools/envs';
import { linearRun } from '../src/experiment/linear-run.ts';
import { defineStudy, type StudySetting } from '../src/experiment/study.ts';
import { listParts, loadPart } from '../src/registry.ts';
import { isExpected } from '../src/user-error.ts';

interface Knobs {
  readonly rule: string;
  readonly alpha: readonly string[]; // options that are the step size of the head, none for a rule without
  readonly meta: string | null; // the option's name
  readonly lambda: boolean;
}

const knobs: readonly Knobs[] = (await Promise.all(listParts('step-sizes').map(knobsOf))).filter((one) => one !== null);

/** null: the rule has no use for a head alone. */
async function knobsOf(rule: string): Promise<Knobs | null> {
  const part = await loadPart('step-sizes', rule);
  const vector = (): Float64Array => new Float64Array(1);
  const head = { name: 'head' as const, weights: vector(), gradient: vector(), features: vector() };
  try {
    part.create(part.options.parse({}), createRng(0), { groups: [head] });
  } catch (error) {
    if (isExpected(error)) return null;
    throw error;
  }
  const { shape = {} } = part.options as { shape?: Readonly<Record<string, { readonly description?: string }>> };
  const meta = Object.keys(shape).find((name) => shape[name]!.description?.startsWith('meta step size'));
  return {
    rule,
    alpha: ['alpha', 'headAlpha'].filter((name) => name in shape),
    meta: meta ?? null,
    lambda: 'lambda' in shape,
  };
}

const GRID = {
  coarse: { alphas: [0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1], metas: [0.0001, 0.001, 0.01, 0.03, 0.1] },
  fine: {
    alphas: [1e-4, 0.0003, 0.001, 0.003, 0.01, 0.02, 0.03, 0.05, 0.1, 0.2, 0.3, 0.5, 1],
    metas: [1e-6, 1e-5, 1e-4, 0.0003, 0.001, 0.003, 0.01, 0.02, 0.03, 0.1, 0.3, 1],
  },
};
const MOST = 6; // a prediction of 0 is off by 5 in the mean square
const DIVERGED = 5e6; // a million times that, infinite or not

export default defineStudy({
  question: 'How much does each rule care about the step sizes that it is given?',
  title: 'Sensitivity to step sizes, tracking',
  cite: 'sutton1992adapting',
  measures: { mse: 'mean squared error' },
  sweep(full) {
    const { alphas, metas } = GRID[full ? 'fine' : 'coarse'];
    const steps = full ? 30_000 : 9_000;
    return knobs.flatMap(({ rule, alpha, meta }): StudySetting[] => {
      if (alpha.length === 0) return [{ rule, steps }];
      if (meta === null) return alphas.map((size) => ({ rule, alpha: size, steps }));
      return alphas.flatMap((size) => metas.map((theta) => ({ rule, alpha: size, meta: theta, steps })));
    });
  },
  seeds: (full) => (full ? 10 : 1),
  async measure({ rule, alpha, meta, steps }, seed) {
    const { alpha: sizes, meta: name, lambda } = knobs.find((one) => one.rule === rule)!;
    const choice = {
      id: String(rule),
      ...Object.fromEntries(sizes.map((size) => [size, alpha])),
      ...(meta === undefined ? {} : { [name!]: meta }),
      ...(lambda ? { lambda: 0 } : {}),
    };
    const run = await linearRun({ env: await makeEnv('tracking'), rule: choice, seed, supervised: true });
    const last = Math.floor(Number(steps) / 3);
    let squares = 0;
    run.live(Number(steps) - last);
    run.live(last, (prediction) => (squares += (prediction - run.step.value[0]!) ** 2));
    return { mse: squares / last < DIVERGED ? squares / last : NaN };
  },
  tables: [{ title: 'Each rule at the best meta step size', where: isBestKnown, best: 'meta' }],
  figures: [
    {
      kind: 'lines',
      name: 'best-meta',
      title: 'Sensitivity to the step size, at the best meta step size',
      measure: 'mse',
      x: 'alpha',
      xTitle: 'step size at the start',
      by: 'rule',
      best: 'meta',
      xScale: 'log',
      most: MOST,
    },
    {
      kind: 'heat-map',
      name: 'heat-map',
      title: 'Error against step size and meta step size',
      measure: 'mse',
      x: 'alpha',
      xTitle: 'step size at the start',
      y: 'meta',
      yTitle: 'meta step size',
      by: 'rule',
      most: MOST,
    },
  ],
});

/** A table of all settings would be no table: those between the extremes are in the pictures. */
function isBestKnown({ alpha = 0.01 }: StudySetting): boolean {
  return [0.001, 0.01, 0.1].includes(Number(alpha));
}
