/** The estimators that draw noise, each for some of a cell's parameters beside another one for the rest. */
import { describe, expect, it } from 'vitest';
import { perGroup } from '../../src/per-group.ts';
import { loadPart } from '../../src/registry.ts';
import type { Estimator } from '../../src/types.ts';
import { expectDifferent, expectEqual } from '../oracle/agree.ts';
import { bptt } from '../oracle/bptt.ts';
import { type Problem, randomProblem } from '../oracle/problem.ts';
import { bitsOf, runs, signRng } from '../oracle/signs.ts';

const STEPS = 3;
/** Signs per step: state entries, one, rows of the two groups, the rank. */
const NOISY = [
  { id: 'uoro', options: {}, bits: 2 },
  { id: 'kf-rtrl', options: {}, bits: 1 },
  { id: 'r-kf-rtrl', options: {}, bits: 4 },
  { id: 'ok', options: { rank: 1 }, bits: 1 },
];

describe.each(NOISY)('$id for the reset and recurrent rows of a gated net', ({ id, options, bits }) => {
  it('is exact in the mean over all signs, beside an exact one and beside its like', async () => {
    const problem = await randomProblem({ id: 'gru', options: { units: 2 }, steps: STEPS, inputSize: 2 });
    for (const rest of ['rtrl', 'kf-rtrl']) {
      const { draw, drawn, play } = await grouped(problem, id, options, rest);
      const count = STEPS * (bits + (rest === 'rtrl' ? 0 : 1));
      const mean = new Float64Array(problem.cell.params.length);
      for (let pattern = 0; pattern < 2 ** count; pattern++) {
        play(bitsOf(pattern));
        draw().forEach((value, j) => (mean[j]! += value / 2 ** count));
      }
      expect(drawn()).toBe(count);
      expectEqual(mean, bptt(problem), 1e-12);
      play(() => 1);
      expectDifferent(draw(), bptt(problem), 1e-3); // control
    }
  });

  it('keeps less than it would for the whole cell', async () => {
    const { cell } = await randomProblem({ id: 'gru', options: { units: 2 }, inputSize: 2 });
    const part = await loadPart('estimators', id);
    const create = (view: typeof cell): Estimator =>
      part.create(part.options.parse(options), signRng(), { cell: view });
    const entries: number[] = [];
    perGroup(cell, [{ match: 're*', reads: null }], (_, view) => {
      const made = create(view);
      entries.push(made.cost.entries);
      return made;
    });
    expect(Math.max(...entries)).toBeLessThan(create(cell).cost.entries);
  });
});

async function grouped(problem: Problem, id: string, options: object, rest: string) {
  const rng = signRng();
  const [noisy, other] = [await loadPart('estimators', id), await loadPart('estimators', rest)];
  const estimator = perGroup(problem.cell, [{ match: 're*', reads: null }], (i, cell) =>
    i === 0 ? noisy.create(noisy.options.parse(options), rng, { cell }) : other.create({}, rng, { cell }),
  );
  expect(estimator.unbiased).toBe(true);
  return { draw: runs(problem, estimator), drawn: () => rng.drawn, play: rng.play };
}
