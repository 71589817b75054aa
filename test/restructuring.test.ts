/**
 * What estimators know while weights come and go, against masked RTRL on full matrices (oracle/), which is told of a change
 * by the two sets of rows alone:
 *   after it     J[i, e] is what it was where e is the same weight and S_n of the new rows keeps it, 0 elsewhere
 *   from then on J_t = S_n o (I_t + D_t J_{t-1}) by the new rows
 */
import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import { createReach } from '../src/reach-of-weights.ts';
import { resolvePart } from '../src/resolve-part.ts';
import { followingRows } from '../src/restructuring.ts';
import type { Cell, Estimator, Lane, Rows } from '../src/types.ts';
import { expectDifferent, expectEqual } from './oracle/agree.ts';
import { denseD, denseI, flat, type Matrix, zeros } from './oracle/dense.ts';
import { estimate } from './oracle/estimate.ts';
import { lossGradient } from './oracle/finite-differences.ts';
import { type BooleanMatrix, type Convention, snapMask } from './oracle/masks.ts';
import { problemOn } from './oracle/problem.ts';
import { influenceOf, exchanged, METHODS, SPARSE_CELLS, weightsOf } from './support/exchanging.ts';
import { live } from './support/growing.ts';

type Id = keyof typeof METHODS;
const SNAPS = [
  { id: 'rtrl', n: Infinity, convention: 'strict' },
  { id: 'snap', n: 1, convention: 'unit-block' },
  { id: 'snap', n: 1, convention: 'strict' },
  { id: 'snap', n: 2, convention: 'unit-block' },
  { id: 'snap', n: 2, convention: 'strict' },
  { id: 'snap', n: 3, convention: 'unit-block' },
] as const;

const choice = ({ id, n, convention }: (typeof SNAPS)[number]) => (id === 'rtrl' ? { id } : { id, n, convention });

/** S_n of the rows by place in theta. */
function maskByPlace(rows: Rows, p: number, n: number, convention: Convention): BooleanMatrix {
  const S = snapMask(rows, Math.min(n, rows.units * rows.components + 1), convention);
  return S.map((row) => {
    const out = new Array<boolean>(p).fill(false);
    row.forEach((kept, e) => (out[rows.param?.[e] ?? e] = kept));
    return out;
  });
}

/** What of J outlives the change. */
function carried(J: Matrix, before: Rows, after: Rows, mask: BooleanMatrix): Matrix {
  const [old, own] = [before, after].map((rows) => weightsOf(rows, mask[0]!.length)) as [string[], string[]];
  return J.map((row, i) => row.map((value, j) => (mask[i]![j] && old[j] === own[j] ? value : 0)));
}

/** J_t, masked, by full matrices. */
function advance(cell: Cell, lane: Lane, J: Matrix, mask: BooleanMatrix): Matrix {
  const [I, D] = [denseI(cell, lane), denseD(cell, lane)];
  return I.map((row, i) =>
    row.map((value, j) => (mask[i]![j] ? D[i]!.reduce((sum, d, l) => sum + d * J[l]![j]!, value) : 0)),
  );
}

/** Lives up to the change at step 20, and shows what was known right before and after it. */
async function change(cell: object, estimator: object, method: Id) {
  const made = await exchanged({ cell: cell as never, estimator: estimator as never, growth: METHODS[method] });
  const { site } = made;
  const [n, p] = [site.cell.units * site.cell.components, site.cell.params.length];
  live(made, 0, 19);
  const before = made.cell.rows;
  const step = made.growth.step.bind(made.growth);
  let known = zeros(n, p);
  made.growth.step = () => {
    known = influenceOf(site.estimator, n, p);
    step();
  };
  live(made, 19, 20);
  made.growth.step = step;
  const after = made.cell.rows;
  expect(after).not.toBe(before);
  return { ...made, before, after, known, now: () => influenceOf(site.estimator, n, p), n, p };
}

describe.each(SPARSE_CELLS)('on $id', (cell) => {
  describe.each(Object.keys(METHODS) as Id[])('%s', (method) => {
    it.each(SNAPS)(
      '$id $n $convention knows what it knew of weights that stay, and goes on as masked RTRL',
      async (of) => {
        const made = await change(cell, choice(of), method);
        const { before, after, known, now, p, site } = made;
        const mask = maskByPlace(after, p, of.n, of.convention);
        let J = carried(known, before, after, mask);
        expect(now().map((row) => [...row])).toEqual(J.map((row) => [...row])); // to the bit
        let [forgetful, naive] = [zeros(made.n, p), known]; // controls: nothing is carried over, or all as it was
        for (let t = 20; t < 35; t++) {
          live(made, t, t + 1);
          [J, forgetful, naive] = [J, forgetful, naive].map((one) => advance(site.cell, site.lane, one, mask)) as [
            Matrix,
            Matrix,
            Matrix,
          ];
          expectEqual(flat(now()), flat(J), 1e-12);
          if (t > 20) continue;
          expectDifferent(flat(now()), flat(forgetful), 1e-4);
          if (method !== 'magnitude-pruning' && of.n > 1) expectDifferent(flat(now()), flat(naive), 1e-8);
        }
      },
    );

    it('after a change RTRL is the derivative that differences give, from a reset on', async () => {
      const { site, before } = await change(cell, { id: 'rtrl' }, method);
      const problem = problemOn(site.cell, { steps: 12 });
      site.estimator.reset();
      const gradient = estimate(problem, site.estimator);
      expectEqual(gradient, lossGradient(problem), 1e-7);
      site.cell.restructure!(before); // control: the net as it was
      expectDifferent(gradient, lossGradient(problem), 1e-3);
    });
  });

  it.each(['rflo', 'columnar', 'uoro', 'e-prop'])('%s forgets weights that go, and no others', async (id) => {
    const estimator = id === 'e-prop' ? { id, kappa: 0.5 } : { id };
    const { before, after, known, now, n, p } = await change(cell, estimator, 'set');
    const all = Array.from({ length: n }, () => new Array<boolean>(p).fill(true));
    const kept = carried(known, before, after, all);
    expectEqual(flat(now()), flat(kept), 1e-15);
    expectDifferent(flat(now()), flat(known), 1e-4); // control
  });
});

it('an estimator that cannot say what its numbers belong to is left as it is, and refused by those who change rows', async () => {
  for (const id of ['kf-rtrl', 'bptt', 'none', 'kernl', 'dni']) {
    await expect(exchanged({ estimator: { id } as never })).rejects.toThrow(
      'Cannot exchange weights: this estimator cannot carry over what it knows',
    );
  }
  const groups = [{ reads: 'bias', id: 'columnar' }];
  await expect(exchanged({ estimator: { id: 'rtrl', groups } as never })).rejects.toThrow(
    'or follows some of the weights',
  );
});

it('immediate knows nothing but the latest step, by the rows as they are', async () => {
  const { cell, site, now, learner } = await change(SPARSE_CELLS[2], { id: 'immediate' }, 'set');
  live({ learner }, 20, 21);
  expectEqual(flat(now()), flat(denseI(cell, site.lane)), 1e-15);
});

it('what step-size rules know of the features of weights follows', async () => {
  const { site, before } = await change(SPARSE_CELLS[0], { id: 'snap' }, 'set');
  const old = createReach({ ...site.cell, rows: before }, site.features.size);
  const { reach } = site.groups.find(({ name }) => name === 'cell')!;
  expect([...reach!.feature]).toEqual([...createReach(site.cell, site.features.size).feature]);
  expect([...reach!.feature]).not.toEqual([...old.feature]); // control
});

it('what is watched beside the active one moves with it, or is refused', async () => {
  const made = await exchanged({});
  const { cell, learner, site } = made;
  const snap = await resolvePart('estimators', { id: 'snap', n: 2 });
  const create = (): Estimator => snap.create(createRng('twin'), { cell });
  expect(() => learner.watch(create())).toThrow('Cannot watch this estimator: weights come and go');
  const twin = followingRows(cell, create);
  learner.watch(twin);
  live(made, 0, 45);
  const J = (estimator: Estimator) => [...flat(influenceOf(estimator, cell.units, cell.params.length))];
  expect(J(twin)).toEqual(J(site.estimator));
  expect(J(twin)).not.toEqual(J(create())); // control
});
