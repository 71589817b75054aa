import { describe, expect, it } from 'vitest';
import { gradientCheck } from '../src/gradient-check.ts';
import { loadPart } from '../src/registry.ts';
import { resolvePart } from '../src/resolve-part.ts';
import type { Cell, CellNeeds, Part } from '../src/types.ts';
import { cellCases } from './oracle/cases.ts';

async function check(cell: string, estimator: string, cellOptions: object = {}, estimatorOptions: object = {}) {
  const cells = await resolvePart('cells', { ...cellOptions, id: cell });
  const estimators = await resolvePart('estimators', { ...estimatorOptions, id: estimator });
  return gradientCheck({
    cellPart: cells.part,
    cellOptions: cells.options,
    estimatorPart: estimators.part,
    estimatorOptions: estimators.options,
  });
}

/** The same cell with every gain off by one factor. */
function broken(part: Part<unknown, CellNeeds, Cell>, factor: number): Part<unknown, CellNeeds, Cell> {
  return {
    ...part,
    create(options, rng, needs) {
      const cell = part.create(options, rng, needs);
      return {
        ...cell,
        differentiate(lane) {
          cell.differentiate(lane);
          lane.gain.forEach((value, i) => (lane.gain[i] = factor * value));
        },
      };
    },
  };
}

describe('gradientCheck', () => {
  it.each(cellCases())('finds rtrl true on $label, or nothing to check', async ({ id, options }) => {
    const found = await check(id, 'rtrl', options);
    if (found.cosine === null) {
      expect(Object.values(found)).toEqual([null, null, null, null]);
      return;
    }
    expect(found.cosine).toBeCloseTo(1, 12);
    expect(found.relativeError).toBe(0);
    expect(found.versusBptt).toBeLessThanOrEqual(1e-10);
    expect(found.versusFiniteDifferences).toBeLessThanOrEqual(1e-6);
  });

  it('says how far an approximation is off', async () => {
    const snap = await check('gru', 'snap');
    const immediate = await check('gru', 'immediate');
    for (const found of [snap, immediate]) {
      expect(found.relativeError).toBeGreaterThan(1e-3);
      expect(found.versusBptt).toBeCloseTo(found.relativeError!, 9);
      expect(found.versusFiniteDifferences).toBeCloseTo(found.relativeError!, 5);
    }
    expect(snap.cosine!).toBeGreaterThan(immediate.cosine!);
    expect(await check('gru', 'none')).toMatchObject({ cosine: 0, relativeError: 1 });
    expect((await check('gru', 'snap', {}, { n: 2 })).relativeError).toBeLessThanOrEqual(1e-12);
  });

  it('catches a cell whose gains are off by one factor', async () => {
    const cellPart = broken(await loadPart('cells', 'gru'), 1.1);
    const found = gradientCheck({ cellPart, estimatorPart: await loadPart('estimators', 'rtrl') });
    expect(found.relativeError).toBe(0); // RTRL believes the gains
    expect(found.versusBptt).toBeLessThanOrEqual(1e-10);
    expect(found.versusFiniteDifferences).toBeGreaterThan(1e-2);
  });

  it('repeats itself for one seed and leaves theta as it was', async () => {
    const parts = { cellPart: await loadPart('cells', 'tanh'), estimatorPart: await loadPart('estimators', 'snap') };
    expect(gradientCheck({ ...parts, seed: 3 })).toEqual(gradientCheck({ ...parts, seed: 3 }));
    expect(gradientCheck({ ...parts, seed: 4 })).not.toEqual(gradientCheck({ ...parts, seed: 3 }));
    expect(gradientCheck({ ...parts, steps: 1 }).relativeError).toBe(0); // one step has no past to lose
  });
});

it('teaches an estimator that learns from errors while it looks', async () => {
  const [taught, untaught] = [await check('tanh', 'dni'), await check('tanh', 'immediate')];
  expect(taught.relativeError).not.toBeCloseTo(untaught.relativeError!, 3); // untaught it is the immediate gradient
});
