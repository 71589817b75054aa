import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import { createStepChunk, type StepChunk } from '../../src/chunk.ts';
import { DivergenceError } from '../../src/divergence-error.ts';
import { createReportChunk } from '../../src/report-chunk.ts';
import { carry, get, snapshot } from '../support/arrays.ts';
import { INPUTS, learnerOn, type LearnerCase, live, randomLife, relativeGap } from '../support/kernel-learners.ts';

const COLUMNS: LearnerCase = { cell: ['lstm-columns'], estimator: ['columnar'], inputs: true };
const CASES: readonly (readonly [name: string, chosen: LearnerCase])[] = [
  ['columns', COLUMNS],
  ['rmsprop', { ...COLUMNS, rule: ['rmsprop'] }],
  ['deep columns', { cell: ['deep-columns', { lateral: 0.3 }], estimator: ['columnar'] }],
  ['a sparse net', { cell: ['gru', { units: 9, density: 0.4 }], estimator: ['snap', { n: 1 }] }],
  ['panels', { cell: ['tanh', { units: 9, density: 0.4 }], estimator: ['snap', { n: 2 }] }],
  ['a tape', { cell: ['lstm'], estimator: ['tbptt', { window: 4 }] }],
  ['no credit', { cell: ['gru'], estimator: ['immediate'] }],
  ['both components', { cell: ['lru', { units: 5 }], estimator: ['columnar'], features: ['normalised'], inputs: true }],
  ['both, rmsprop', { cell: ['lru', { units: 3 }], estimator: ['columnar'], rule: ['rmsprop'] }],
  ['an activated readout', { cell: ['rtu', { units: 5 }], estimator: ['rtrl'], features: ['activated'] }],
];
const life = randomLife(400);

const both = async (chosen: LearnerCase, precision: 'f32' | 'f64' = 'f64') => ({
  reference: (await learnerOn(chosen, { path: 'reference' })).learner,
  compiled: (await learnerOn(chosen, { path: 'compiled', precision })).learner,
});

/** Steps [first, end) of a life. */
function part(chunk: StepChunk, first: number, end: number): StepChunk {
  const { questions: K } = chunk;
  const out = createStepChunk(end - first, INPUTS, K, chunk.target !== null);
  out.length = end - first;
  out.observation.set(chunk.observation.subarray(first * INPUTS, end * INPUTS));
  out.cumulant.set(chunk.cumulant.subarray(first * K, end * K));
  out.discount.set(chunk.discount.subarray(first * K, end * K));
  out.start.set(chunk.start.subarray(first, end));
  out.ratio.set(chunk.ratio.subarray(first, end));
  if (chunk.target) out.target?.set(chunk.target.subarray(first * K, end * K));
  return out;
}

describe.each(CASES)('the compiled learner of %s', (_name, chosen) => {
  it.each(['f32', 'f64'] as const)(
    'gives the same bits in chunks of any size, and step by step, in %s',
    async (precision) => {
      const whole = await learnerOn(chosen, { path: 'compiled', precision });
      const v = live(whole.learner, life);
      const pieces = await learnerOn(chosen, { path: 'compiled', precision });
      for (let at = 0; at < 400; at += 33) {
        const end = Math.min(400, at + 33);
        expect([...live(pieces.learner, part(life, at, end))]).toEqual([...v.subarray(at, end)]);
      }
      expect(snapshot(pieces.learner)).toEqual(snapshot(whole.learner));
      const single = await learnerOn(chosen, { path: 'compiled', precision });
      for (let i = 0; i < 120; i++) {
        const one = part(life, i, i + 1);
        const start = one.start[0] === 1;
        const { prediction } = single.learner.step({ ...one, start, ratio: one.ratio[0]!, target: undefined as never });
        expect(prediction[0]).toBe(v[i]);
      }
    },
  );

  it('is not changed by being read, nor by being carried over', async () => {
    const { compiled } = await both(chosen, 'f32');
    const v = live(compiled, life);
    const seen = (await both(chosen, 'f32')).compiled;
    const first = live(seen, part(life, 0, 130));
    snapshot(seen);
    const heir = (await both(chosen, 'f32')).compiled;
    carry(seen, heir);
    const rest = live(heir, part(life, 130, 400));
    expect([...first, ...rest]).toEqual([...v]);
    expect([...first, ...live(seen, part(life, 130, 400))]).toEqual([...v]);
  });

  it('goes on where the reference learner was, and the other way round', async () => {
    const from = await both(chosen);
    const v = live(from.reference, life);
    live(from.compiled, part(life, 0, 130));
    const into = await both(chosen);
    carry(from.compiled, into.reference);
    expect(relativeGap(live(into.reference, part(life, 130, 400)), v.subarray(130))).toBeLessThan(1e-9);
    const halfway = await both(chosen);
    live(halfway.reference, part(life, 0, 130));
    carry(halfway.reference, into.compiled);
    expect(relativeGap(live(into.compiled, part(life, 130, 400)), v.subarray(130))).toBeLessThan(1e-9);
  });

  it('keeps its state across episodes where asked, and predicts without learning where asked', async () => {
    for (const settings of [{ keepStateAcrossEpisodes: true }, { learning: false }]) {
      const { reference, compiled } = await both({ ...chosen, settings });
      expect(relativeGap(live(compiled, life), live(reference, life))).toBeLessThan(1e-9);
      expect(relativeGap(get(compiled, 'cell.params'), get(reference, 'cell.params'))).toBeLessThan(1e-9);
    }
    const plain = await both(chosen);
    const other = await both({ ...chosen, settings: { keepStateAcrossEpisodes: true } });
    expect(relativeGap(live(plain.compiled, life), live(other.compiled, life))).toBeGreaterThan(1e-6);
  });

  it('learns several questions from targets, and goes on with TD errors', async () => {
    const targets = randomLife(300, { questions: 3, supervised: true });
    const { reference, compiled } = await both({ ...chosen, questions: 3 });
    expect(relativeGap(live(compiled, targets), live(reference, targets))).toBeLessThan(1e-9);
    expect(relativeGap(get(compiled, 'cell.params'), get(reference, 'cell.params'))).toBeLessThan(1e-9);
    const one = await both(chosen);
    const mixed = randomLife(200, { supervised: true });
    for (const learner of [one.reference, one.compiled]) live(learner, mixed);
    expect(relativeGap(live(one.compiled, life), live(one.reference, life))).toBeLessThan(1e-9);
  });

  it('starts over at reset', async () => {
    const { reference, compiled } = await both(chosen);
    for (const learner of [reference, compiled]) {
      live(learner, part(life, 0, 60));
      learner.reset();
    }
    const rest = part(life, 60, 97); // without a start
    expect(relativeGap(live(compiled, rest), live(reference, rest))).toBeLessThan(1e-9);
  });
});

it('names the array that diverged, and the step', async () => {
  const { reference, compiled } = await both({ ...COLUMNS, rule: ['td-lambda', { alpha: 1e200 }] });
  const diverge = (learner: typeof reference): DivergenceError => {
    try {
      live(learner, life);
    } catch (error) {
      if (error instanceof DivergenceError) return error;
    }
    throw new Error('did not diverge');
  };
  expect(diverge(compiled).step).toBe(diverge(reference).step);
  expect(diverge(compiled).array).toBe(diverge(reference).array);
});

it('refuses a chunk that does not fit', async () => {
  const { compiled } = await both(COLUMNS);
  const chunk = createStepChunk(4, INPUTS + 1);
  expect(() => compiled.run(chunk, createReportChunk(chunk))).toThrow(/Cannot learn from chunks of 6 observations/);
});

it('refuses TD errors of several questions as the reference learner does', async () => {
  const { reference, compiled } = await both({ ...COLUMNS, questions: 2 });
  const chunk = randomLife(3, { questions: 2 });
  for (const learner of [reference, compiled]) {
    expect(() => live(learner, chunk)).toThrow(/Cannot learn 2 questions from TD errors/);
  }
});

it('takes random sizes of cells that are no multiple of the vector', async () => {
  const rng = createRng('sizes');
  for (let i = 0; i < 6; i++) {
    const columns = 1 + rng.integer(0, 9);
    const { reference, compiled } = await both({ ...COLUMNS, cell: ['lstm-columns', { columns }] });
    expect(relativeGap(live(compiled, life), live(reference, life))).toBeLessThan(1e-9);
  }
});

it('leaves statistics alone that are below the floor, where nothing is learned', async () => {
  const settings = { learning: false };
  const floors = { ...COLUMNS, inputs: false, features: ['normalised', { floor: 4 }] } as const;
  const { reference, compiled } = await both({ ...floors, settings });
  expect(relativeGap(live(compiled, life), live(reference, life))).toBeLessThan(1e-9);
  expect(get(compiled, 'features.variance')).toEqual(get(reference, 'features.variance'));
  const learning = await both(floors);
  expect(relativeGap(live(learning.compiled, life), live(learning.reference, life))).toBeLessThan(1e-9);
  expect(get(learning.compiled, 'features.variance')).not.toEqual(get(compiled, 'features.variance'));
});
