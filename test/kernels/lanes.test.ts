/** Compiled lanes as they are saved, carried over, reset and stopped; that they learn alike: conformance/lanes.test.ts. */
import { describe, expect, it } from 'vitest';
import type { AgentInput } from '../../src/agent.ts';
import { assembleLanes } from '../../src/assemble.ts';
import { restoreArrays, takeCheckpoint } from '../../src/checkpoint.ts';
import { DivergenceError } from '../../src/divergence-error.ts';
import type { LanesLearner } from '../../src/lanes.ts';
import type { PathOptions } from '../../src/paths.ts';
import { get, snapshot } from '../support/arrays.ts';
import { relativeGap } from '../support/kernel-learners.ts';
import { eventfulTicks, lanesOf, live } from '../support/lanes.ts';
import { smallAgent } from '../support/learners.ts';

const LANES = { lanes: 3, updateEvery: 5, features: { id: 'normalised' }, inputs: {}, clip: 1 };
const CASES: readonly Partial<AgentInput>[] = [
  { cell: { id: 'gru', units: 9, density: 0.4 }, estimator: { id: 'snap', n: 1 } },
  { cell: { id: 'lstm', units: 5 }, estimator: { id: 'snap', n: 1 } },
  { cell: { id: 'gru', units: 9, density: 0.4 }, estimator: { id: 'snap', n: 2 } },
  { cell: { id: 'tanh', units: 5 }, estimator: { id: 'rtrl' } },
  { cell: { id: 'lstm', units: 3 }, estimator: { id: 'tbptt', window: 4 } },
  { cell: { id: 'gru', units: 5 }, estimator: { id: 'immediate' } },
  { cell: { id: 'gru', units: 5 }, estimator: { id: 'none' } },
];
const cases = CASES.map((of) => ({ name: `${of.cell!.id} with ${of.estimator!.id}`, agent: { ...LANES, ...of } }));
const ticks = eventfulTicks(3, 90, false);
const compiled = (agent: object, precision: 'f32' | 'f64', over: Partial<PathOptions> = {}): Promise<LanesLearner> =>
  lanesOf(agent, { path: 'compiled', precision, ...over });

function carry(from: LanesLearner, into: LanesLearner): LanesLearner {
  restoreArrays(takeCheckpoint(0, from, null), into);
  return into;
}

describe.each(cases)('compiled lanes of $name', ({ agent }) => {
  it.each(['f32', 'f64'] as const)('go on bit by bit from a checkpoint in the middle of a sum, in %s', async (f) => {
    const whole = live(await compiled(agent, f), ticks);
    const half = live(await compiled(agent, f), ticks.slice(0, 33));
    snapshot(half); // being read changes nothing
    const heir = carry(half, live(await compiled(agent, f), ticks.slice(0, 7)));
    expect(snapshot(live(heir, ticks.slice(33)))).toEqual(snapshot(whole));
    expect(snapshot(live(half, ticks.slice(33)))).toEqual(snapshot(whole));
    const without = carry(half, await compiled(agent, f));
    without.write('gathered.head', new Float64Array(without.arrays['gathered.head']!).fill(0.1));
    expect(snapshot(live(without, ticks.slice(33)))).not.toEqual(snapshot(whole)); // control
  });

  it('change paths at a checkpoint, either way', async () => {
    const whole = live(await lanesOf(agent), ticks);
    const onReference = live(await lanesOf(agent), ticks.slice(0, 33));
    const onCompiled = live(await compiled(agent, 'f64'), ticks.slice(0, 33));
    for (const [from, into] of [
      [onReference, await compiled(agent, 'f64')],
      [onCompiled, await lanesOf(agent)],
    ] as const) {
      live(carry(from, into), ticks.slice(33));
      for (const name of ['cell.params', 'head.weights', '2.lane.state']) {
        expect(relativeGap(get(into, name), get(whole, name)), name).toBeLessThan(1e-9);
      }
    }
  });

  it('forget states, influence and what is gathered at a reset, as the reference does', async () => {
    const both = [await lanesOf(agent), await compiled(agent, 'f64')];
    for (const learner of both) live(learner, ticks.slice(0, 33)).reset();
    const [reference, other] = both.map(snapshot);
    for (const name of Object.keys(reference!)) {
      expect(relativeGap(other![name]!, reference![name]!), name).toBeLessThan(1e-9);
    }
  });

  it('predict alone where nothing is to be learned', async () => {
    const still = { learning: false };
    const reference = live(await lanesOf(agent, still), ticks);
    const other = live(await lanesOf(agent, { ...still, path: 'compiled', precision: 'f64' }), ticks);
    expect(get(other, 'cell.params')).toEqual(get(reference, 'cell.params'));
    expect(relativeGap(get(other, '1.lane.state'), get(reference, '1.lane.state'))).toBeLessThan(1e-9);
  });
});

describe('compiled lanes', () => {
  it('keep theta in f64 where they compute in f32', async () => {
    const tiny = { ...LANES, rule: { id: 'td-lambda', alpha: 1e-9 } };
    const [learner, reference] = [await compiled(tiny, 'f32'), await lanesOf(tiny)];
    const before = get(reference, 'cell.params');
    const change = (of: LanesLearner) => get(live(of, ticks), 'cell.params').map((value, i) => value - before[i]!);
    expect(relativeGap(change(learner), change(reference))).toBeLessThan(1e-4);
  });

  it('see weights that are written', async () => {
    const [one, other] = [await compiled(LANES, 'f64'), await compiled(LANES, 'f64')];
    other.write('cell.params', new Float64Array(other.arrays['cell.params']!));
    const answer = (of: LanesLearner) => [...of.step(ticks[0]!)[0]!.prediction, ...get(of, '0.lane.state')];
    const [before, after] = [answer(one), answer(other)];
    expect(after).not.toEqual(before);
    expect(after.slice(3)).toEqual([0, 0]);
  });

  it('name the array that diverged, and the step', async () => {
    const wild = { ...LANES, clip: null, rule: { id: 'td-lambda', alpha: 1e200 } };
    const diverge = async (learner: LanesLearner): Promise<DivergenceError> => {
      try {
        live(learner, ticks);
      } catch (error) {
        if (error instanceof DivergenceError) return error;
      }
      throw new Error('did not diverge');
    };
    const reference = await diverge(await lanesOf(wild));
    expect(await diverge(await compiled(wild, 'f64'))).toMatchObject({ step: reference.step, array: reference.array });
  });

  it('say what they need, and stay on the reference path where that is too much', async () => {
    const agent = smallAgent({ ...LANES, ...CASES[3], head: { id: 'softmax' }, rule: { id: 'adam' } });
    const needs = { inputSize: 2, questions: 3, seed: 0 };
    const { chosen } = await assembleLanes(agent, needs);
    expect(chosen).toMatchObject({ path: 'compiled', precision: 'f32' });
    const short = { ...needs, memoryLimit: chosen.memoryBytes! - 1 };
    expect((await assembleLanes(agent, short)).chosen).toMatchObject({ path: 'reference' });
    await expect(assembleLanes(agent, { ...short, path: 'compiled' })).rejects.toThrow('Cannot take the compiled path');
    expect((await assembleLanes(agent, { ...needs, memoryLimit: chosen.memoryBytes! })).chosen.path).toBe('compiled');
  });
});
