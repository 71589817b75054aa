/**
 * What every file of src/estimators/ must keep on every cell of src/cells/: where it claims to be exact it is, and
 * where it does not claim to be it is not; pulls add and change nothing; its arrays are all there is to save.
 */
import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import { listParts } from '../../src/registry.ts';
import { norm } from '../../src/statistics/norm.ts';
import type { Cell, Stateful } from '../../src/types.ts';
import { expectDifferent, expectEqual } from '../oracle/agree.ts';
import { bptt } from '../oracle/bptt.ts';
import { cellCases } from '../oracle/cases.ts';
import { createEstimator, estimate, pulled, track } from '../oracle/estimate.ts';
import { createCell, randomProblem } from '../oracle/problem.ts';

const pairs = cellCases().flatMap((cell) => listParts('estimators').map((estimator) => ({ ...cell, estimator })));
const random = (seed: string, length: number): Float64Array => {
  const rng = createRng(seed);
  return Float64Array.from({ length }, () => rng.normal());
};
const inputsOf = (cell: Cell, seed: string, steps: number): Float64Array[] =>
  Array.from({ length: steps }, (_, t) => random(`${seed}/${t}`, cell.inputSize));

describe.each(pairs)('$estimator on $label', ({ id, options, estimator: name }) => {
  it('is as exact as it says', async () => {
    const problem = await randomProblem({ id, options });
    const estimator = await createEstimator(problem.cell, name);
    const gradient = estimate(problem, estimator);
    if (problem.cell.params.length === 0)
      expect(gradient).toHaveLength(0); // nothing to be wrong about
    else if (estimator.exactOn(problem.cell.rows)) expectEqual(gradient, bptt(problem), 1e-10);
    else expectDifferent(gradient, bptt(problem), 1e-6);
  });

  it('adds its pull to what is there and is not changed by it', async () => {
    const { cell, estimator, lane, q } = await midStream();
    const once = pulled(cell, estimator, q);
    expect(pulled(cell, estimator, q)).toEqual(once);
    const base = random('base', cell.params.length);
    const added = Float64Array.from(base);
    const before = Float64Array.from(lane.state);
    estimator.pull(q, added);
    added.forEach((value, j) => expect(value - base[j]!).toBeCloseTo(once[j]!, 10));
    expect(lane.state).toEqual(before);
    const zero = pulled(cell, estimator, new Float64Array(q.length));
    if (!estimator.teach) expect(zero.every((value) => value === 0)).toBe(true);
  });

  it('pulls linearly in q', async () => {
    const { cell, estimator, q } = await midStream();
    const other = random('other', q.length);
    const both = pulled(
      cell,
      estimator,
      q.map((value, i) => 2 * value - other[i]!),
    );
    const [a, b] = [pulled(cell, estimator, q), pulled(cell, estimator, other)];
    const none = pulled(cell, estimator, new Float64Array(q.length)); // what it predicts of later errors, else 0
    both.forEach((value, j) => expect(value - none[j]!).toBeCloseTo(2 * (a[j]! - none[j]!) - (b[j]! - none[j]!), 10));
  });

  it('pushes consistently with its pull, where it pushes', async () => {
    const { cell, estimator, q } = await midStream();
    if (!estimator.push || q.length === 0) return;
    const v = random('v', cell.params.length);
    const forward = new Float64Array(q.length).fill(7); // overwritten, not added to
    estimator.push(v, forward);
    const left = q.reduce((sum, value, i) => sum + value * forward[i]!, 0);
    const right = pulled(cell, estimator, q).reduce((sum, value, j) => sum + value * v[j]!, 0);
    expect(Math.abs(left - right)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(right)));
  });

  it('continues bit by bit from arrays that were saved', async () => {
    const { cell, estimator, lane, q, rng } = await midStream();
    const twinRng = createRng('another');
    const [twin, unrestored] = [await createEstimator(cell, name, {}, twinRng), await createEstimator(cell, name)];
    twinRng.restore(rng.save());
    copy(estimator, twin);
    const follower = track(cell, twin);
    copy(lane, follower.lane);
    const now = pulled(cell, estimator, q);
    expect(pulled(cell, twin, q)).toEqual(now);
    if (norm(now) > 1e-8) expect(pulled(cell, unrestored, q)).not.toEqual(now); // control
    const leader = track(cell, estimator);
    copy(follower.lane, leader.lane);
    for (const x of inputsOf(cell, 'future', 12)) {
      leader.advance(x);
      follower.advance(x);
      expect(pulled(cell, twin, q)).toEqual(pulled(cell, estimator, q));
    }
  });

  it('forgets at reset and starts as if fresh', async () => {
    const { cell, estimator, q, rng } = await midStream();
    const lived = norm(pulled(cell, estimator, q));
    estimator.reset();
    if (!estimator.teach) expect(norm(pulled(cell, estimator, q))).toBe(0);
    const freshRng = createRng('fresh');
    const fresh = await createEstimator(cell, name, {}, freshRng);
    copy(estimator, fresh, estimator.learned ?? []);
    freshRng.restore(rng.save());
    const [a, b] = [track(cell, estimator), track(cell, fresh)];
    for (const x of inputsOf(cell, 'future', 12)) {
      a.advance(x);
      b.advance(x);
      expect(pulled(cell, estimator, q)).toEqual(pulled(cell, fresh, q));
    }
    if (name !== 'none' && cell.params.length > 0) expect(lived).toBeGreaterThan(1e-8);
  });

  it('predicts its cost in whole numbers', async () => {
    const { estimator } = await midStream();
    expect(Number.isInteger(estimator.cost.entries)).toBe(true);
    expect(estimator.cost.macsPerStep).toBeGreaterThanOrEqual(0);
  });

  /** Thirteen steps in: past one chunk of ten, inside the next. */
  async function midStream() {
    const cell = await createCell({ id, options });
    const rng = createRng('estimator');
    const estimator = await createEstimator(cell, name, {}, rng);
    const { lane, advance } = track(cell, estimator);
    inputsOf(cell, 'past', 13).forEach(advance);
    return { cell, estimator, lane, rng, q: random('q', lane.state.length) };
  }
});

/** Named arrays of one into the other, by default all. */
function copy(from: Stateful, to: Stateful, names: readonly string[] = Object.keys(from.arrays)): void {
  for (const name of names) {
    const values = new Float64Array(from.arrays[name]!);
    from.read(name, values);
    to.write(name, values);
  }
}
