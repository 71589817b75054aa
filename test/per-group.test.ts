/**
 * Estimators per group of parameters: together they are the masked influence matrix with each parameter's own mask, and
 * cost what they cost apart, but for D, which is formed once.
 */
import { describe, expect, it } from 'vitest';
import { dynamicsMacs } from '../src/dynamics-structure.ts';
import { assignEntries, type GroupPattern, SOURCE_KINDS } from '../src/per-group.ts';
import { listParts } from '../src/registry.ts';
import { selectEntries } from '../src/row-selection.ts';
import { norm } from '../src/statistics/norm.ts';
import type { Cell, Estimator, Rows } from '../src/types.ts';
import { UserError } from '../src/user-error.ts';
import { expectDifferent, expectEqual } from './oracle/agree.ts';
import { bptt } from './oracle/bptt.ts';
import { cellCases } from './oracle/cases.ts';
import { maskedRtrl } from './oracle/dense-influence.ts';
import { createEstimator, estimate, estimateBy, pulled, track } from './oracle/estimate.ts';
import { type BooleanMatrix, snapMask } from './oracle/masks.ts';
import { createCell, type Problem, problemOn, randomProblem } from './oracle/problem.ts';

const SPARSE = [
  { id: 'tanh', options: { units: 14, density: 0.12 } },
  { id: 'gru', options: { units: 12, density: 0.06 } },
  { id: 'lstm', options: { units: 12, density: 0.06 } },
];
const recurrentBy2 = { n: 1, groups: [{ reads: 'recurrent', id: 'snap', n: 2 }] };

/** Does entry e multiply s_{t-1}? (no stacks here) */
const isRecurrent = ({ inputSize, source }: Rows, e: number): boolean => source[e]! > inputSize;

/** One mask where an entry fits, another where it does not. */
function mixed(fits: (e: number) => boolean, yes: BooleanMatrix, no: BooleanMatrix): BooleanMatrix {
  return yes.map((row, i) => row.map((kept, e) => (fits(e) ? kept : no[i]![e]!)));
}

function mixedGradient(problem: Problem, fits: (e: number) => boolean): Float64Array {
  const { rows } = problem.cell;
  const [one, two] = [snapMask(rows, 1, 'unit-block'), snapMask(rows, 2, 'unit-block')];
  return maskedRtrl(problem, mixed(fits, two, one));
}

describe.each(SPARSE)('on a sparse $id', (spec) => {
  it('snap 2 for recurrent weights and snap 1 for the rest is RTRL under the mixed mask', async () => {
    const problem = await randomProblem({ ...spec, steps: 12 });
    const gradient = await estimateBy(problem, 'snap', recurrentBy2);
    expectEqual(
      gradient,
      mixedGradient(problem, (e) => isRecurrent(problem.cell.rows, e)),
      1e-12,
    );
    expectDifferent(
      gradient,
      mixedGradient(problem, (e) => !isRecurrent(problem.cell.rows, e)),
      1e-9,
    ); // swapped
    expectDifferent(gradient, await estimateBy(problem, 'snap', { n: 1 }), 1e-9);
    expectDifferent(gradient, await estimateBy(problem, 'snap', { n: 2 }), 1e-9);
  });

  it('RTRL in two groups is RTRL', async () => {
    const problem = await randomProblem({ ...spec, steps: 20 });
    const groups = [{ reads: 'input', id: 'rtrl' }];
    expectEqual(await estimateBy(problem, 'rtrl', { groups }), await estimateBy(problem, 'rtrl'), 1e-12);
    const less = [{ reads: 'input', id: 'immediate' }]; // control
    expectDifferent(await estimateBy(problem, 'rtrl', { groups: less }), bptt(problem), 1e-3);
  });

  it('two estimators cost what they cost apart, D but once', async () => {
    const cell = await createCell(spec);
    const { rows } = cell;
    const part = (keep: boolean, n: number) =>
      createEstimator(
        selectEntries(cell, (_, e) => isRecurrent(rows, e) === keep),
        'snap',
        { n, convention: 'strict' },
      );
    const [two, one] = [await part(true, 2), await part(false, 1)];
    const groups = [{ reads: 'recurrent', id: 'snap', n: 2, convention: 'strict' }];
    const both = await createEstimator(cell, 'snap', { n: 1, convention: 'strict', groups });
    expect([one.needs, two.needs, both.needs]).toEqual([['values'], ['values'], ['values']]);
    expect(both.cost).toEqual({
      entries: two.cost.entries + one.cost.entries,
      macsPerStep: two.cost.macsPerStep + one.cost.macsPerStep - dynamicsMacs(rows, 'values'),
    });
    const stored = Object.values(both.arrays).reduce((sum, length) => sum + length, 0);
    expect(stored).toBe(both.cost.entries);
    const [all1, all2] = [
      await createEstimator(cell, 'snap', { n: 1, convention: 'strict' }),
      await createEstimator(cell, 'snap', { n: 2, convention: 'strict' }),
    ];
    expect(both.cost.entries).toBeGreaterThan(all1.cost.entries);
    expect(both.cost.entries).toBeLessThan(all2.cost.entries);
  });
});

describe('by the name of a group', () => {
  it('picks the parameters of its rows', async () => {
    const problem = await randomProblem({ id: 'gru', options: { units: 8, density: 0.1 }, steps: 12 });
    const { rows } = problem.cell;
    const { start, end } = rows.groups.find(({ name }) => name === 'reset')!;
    const isReset = (e: number): boolean => e >= rows.start[start]! && e < rows.start[end]!;
    const gradient = await estimateBy(problem, 'snap', { groups: [{ match: 'reset', id: 'snap', n: 2 }] });
    expectEqual(gradient, mixedGradient(problem, isReset), 1e-12);
    expectDifferent(
      gradient,
      mixedGradient(problem, (e) => !isReset(e)),
      1e-9,
    ); // control
  });

  it('* stands for any text, and a dot for a dot', async () => {
    const rows = { ...(await createCell({ id: 'gru' })).rows };
    rows.groups = rows.groups.map((group, i) => ({ ...group, name: ['0.update', '0xreset', '1.a', '11.b'][i]! }));
    const owners = (match: string): number[] => {
      const owned = assignEntries(rows, [{ match, reads: null }]);
      return rows.groups.map(({ start }) => owned[rows.start[start]!]!);
    };
    expect(owners('0.*')).toEqual([0, 1, 1, 1]);
    expect(owners('*')).toEqual([0, 0, 0, 0]);
    expect(owners('1*.*')).toEqual([1, 1, 0, 0]);
    expect(owners('update')).toEqual([1, 1, 1, 1]);
  });
});

describe('every parameter', () => {
  it.each(cellCases())('of $label reads one kind of thing', async ({ id, options }) => {
    const { rows } = await createCell({ id, options });
    const owners = assignEntries(
      rows,
      SOURCE_KINDS.map((reads) => ({ match: '*', reads })),
    );
    expect(owners.every((owner) => owner < SOURCE_KINDS.length)).toBe(true);
  });

  it('is answered for by the first pattern that takes it', async () => {
    const { rows } = await createCell({ id: 'gru' });
    const patterns: GroupPattern[] = [
      { match: '*', reads: 'bias' },
      { match: 'update', reads: null },
      { match: '*', reads: 'recurrent' },
    ];
    const owners = assignEntries(rows, patterns);
    rows.groups.forEach(({ name, start, end }) => {
      for (let e = rows.start[start]!; e < rows.start[end]!; e++) {
        const source = rows.source[e]!;
        const expected = source === rows.inputSize ? 0 : name === 'update' ? 1 : source > rows.inputSize ? 2 : 3;
        expect(owners[e]).toBe(expected);
      }
    });
  });

  it('that reads a lower layer reads an input, of this step or of the one before', async () => {
    for (const delayed of [false, true]) {
      const layers = [
        { id: 'tanh', units: 4 },
        { id: 'deep-columns', columns: 2 },
      ];
      const { rows } = await createCell({ id: 'stack', options: { layers, delayed, skip: true } });
      const count = (name: string): Record<string, number> => {
        const { start, end } = rows.groups.find((group) => group.name === name)!;
        const owners = assignEntries(
          rows,
          SOURCE_KINDS.map((reads) => ({ match: name, reads })),
        );
        const of = (kind: number): number =>
          [...owners.subarray(rows.start[start], rows.start[end])].filter((o) => o === kind).length;
        return Object.fromEntries(SOURCE_KINDS.map((kind, i) => [kind, of(i)]));
      };
      expect(count('0.recurrent')).toEqual({ input: 12, recurrent: 16, bias: 4, intermediate: 0 });
      expect(count('1.hidden')).toEqual({ input: 6 * (4 + 3), recurrent: 0, bias: 6, intermediate: 0 });
      expect(count('1.feature')).toEqual({ input: 0, recurrent: 0, bias: 6, intermediate: 18 });
    }
  });
});

describe('a composition', () => {
  const make = async (groups: object[], id = 'snap', options = {}): Promise<[Cell, Estimator]> => {
    const cell = await createCell({ id: 'gru', options: { units: 5 } });
    return [cell, await createEstimator(cell, id, { ...options, groups })];
  };

  it('is exact where every part is', async () => {
    const exact = async (groups: object[], id?: string): Promise<boolean> => {
      const [cell, estimator] = await make(groups, id);
      return estimator.exactOn(cell.rows);
    };
    expect(await exact([{ match: 'update', id: 'snap', n: 2 }], 'rtrl')).toBe(true); // dense: two steps reach all
    expect(await exact([{ match: 'update', id: 'snap' }], 'rtrl')).toBe(false);
    expect(await exact([{ match: 'update', id: 'rtrl' }])).toBe(false);
    expect(await exact([{ match: '*', id: 'rtrl' }], 'immediate')).toBe(true); // nothing is left for the rest
  });

  it('is without bias where every part is, and keeps what they learned', async () => {
    const [, mixedNoise] = await make([{ match: 'update', id: 'uoro' }], 'rtrl');
    const [, biased] = await make([{ match: 'update', id: 'uoro' }]);
    expect([mixedNoise.unbiased, biased.unbiased]).toEqual([true, false]);
    const [, taught] = await make([{ match: 'update', id: 'dni' }]);
    expect(taught.learned).toEqual(['0.M']);
    expect([taught.teach === undefined, biased.teach === undefined]).toEqual([false, true]);
  });

  it('forms of D all that any part needs', async () => {
    expect((await make([{ match: 'update', id: 'uoro' }]))[1].needs).toEqual(['products', 'own']);
    expect((await make([{ match: 'update', id: 'immediate' }], 'none'))[1].needs).toEqual([]);
  });

  it('pushes where all parts push, consistently with its pull', async () => {
    const [cell, estimator] = await make([{ reads: 'input', id: 'snap', n: 2 }], 'rtrl');
    const { lane, advance } = track(cell, estimator);
    for (let t = 0; t < 5; t++) advance(Float64Array.of(t, 1, -t));
    const v = cell.params.map((_, j) => Math.sin(j));
    const q = lane.state.map((_, i) => Math.cos(i));
    const out = new Float64Array(q.length).fill(7);
    estimator.push!(v, out);
    const left = out.reduce((sum, value, i) => sum + value * q[i]!, 0);
    const right = pulled(cell, estimator, q).reduce((sum, value, j) => sum + value * v[j]!, 0);
    expect(Math.abs(left)).toBeGreaterThan(1e-3);
    expect(left).toBeCloseTo(right, 12);
    expect((await make([{ reads: 'input', id: 'columnar' }], 'rtrl'))[1].push).toBeUndefined();
  });

  it('continues bit by bit from its arrays, and forgets at reset', async () => {
    const groups = [
      { reads: 'input', id: 'columnar' },
      { match: 'reset', id: 'rtrl' },
    ];
    const [cell, estimator] = await make(groups);
    const [, twin] = await make(groups);
    const { lane, advance } = track(cell, estimator);
    for (let t = 0; t < 5; t++) advance(Float64Array.of(t, 1, -t));
    const q = lane.state.map((_, i) => 1 + i);
    const now = pulled(cell, estimator, q);
    expect(Object.keys(estimator.arrays)).toEqual(['0.traces', '1.influence', 'rest.traces']);
    expect(pulled(cell, twin, q)).not.toEqual(now);
    for (const [name, length] of Object.entries(estimator.arrays)) {
      const values = new Float64Array(length);
      estimator.read(name, values);
      twin.write(name, values);
    }
    expect(pulled(cell, twin, q)).toEqual(now);
    estimator.reset();
    expect(norm(pulled(cell, estimator, q))).toBe(0);
  });
});

describe.each(listParts('estimators'))('%s for some of the parameters', (id) => {
  it('answers for those alone, or says in one line that it cannot', async () => {
    const cell = await createCell({ id: 'gru', options: { units: 5 } });
    const isMine = (e: number): boolean => e % 3 === 0;
    const made = await createEstimator(
      selectEntries(cell, (_, e) => isMine(e)),
      id,
    ).catch((error: unknown) => error);
    if (made instanceof Error) {
      expect(made).toBeInstanceOf(UserError);
      expect(made.message).toMatch(/^Cannot use [^\n]* the parameters: it lives the whole cell again; [^\n]*$/);
      return;
    }
    const estimator = made as Estimator;
    const gradient = estimate(problemOn(cell), estimator);
    gradient.forEach((value, e) => !isMine(e) && expect(value).toBe(0));
    if (id !== 'none') expect(norm(gradient)).toBeGreaterThan(1e-8);
    if (estimator.unbiased || estimator.teach) return; // noise or a predictor of its own: another gradient than alone
    const alone = await estimateBy(problemOn(cell), id);
    if (id !== 'none')
      expectEqual(
        gradient,
        alone.map((value, e) => (isMine(e) ? value : 0)),
        1e-12,
      );
  });
});
