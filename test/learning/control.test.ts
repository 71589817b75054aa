/** Learning to act, by hand: the order of a step, the eligibility, the bonus that comes one step late. */
import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import type { AgentInput } from '../../src/agent.ts';
import { assembleReference } from '../../src/assemble.ts';
import { createStepChunk } from '../../src/chunk.ts';
import { createLearner, type ReferenceLearner } from '../../src/learner.ts';
import { createReportChunk } from '../../src/report-chunk.ts';
import type { Step } from '../../src/types.ts';
import { expectDifferent, expectEqual } from '../oracle/agree.ts';
import { assembleActor, memoryless } from '../support/acting.ts';
import { carry, get, snapshot } from '../support/arrays.ts';
import { smallAgent, stepOf } from '../support/learners.ts';

const [alpha, lambda, entropy, N, ACTIONS] = [0.05, 0.7, 0.3, 2, 3];

/** A life of random steps whose rewards hang on actions; episodes of seven steps, the last with discount 0 or not. */
function* life(steps: number, action: () => number, from = 0): Generator<Step> {
  const rng = createRng('life');
  for (let t = 0; t < steps; t++) {
    const x = [rng.normal(), rng.normal()];
    const noise = rng.normal();
    if (t < from) continue;
    const c = t % 7 === 0 ? 0 : noise + x[0]! * action();
    yield stepOf(x, c, t % 14 === 6 ? 0 : 0.9, { start: t % 7 === 0 });
  }
}

function live(learner: ReferenceLearner, steps: number, from = 0): void {
  for (const step of life(steps, () => learner.action, from)) learner.step(step);
}

/** Streaming AC(lambda) on the observation, written as in the header; `lateSign` false forgets the sign of delta. */
function byHand(steps: number, lateSign = true): Float64Array {
  const w = new Float64Array((1 + ACTIONS) * N);
  const rng = createRng('0/policy');
  const z = new Float64Array(w.length);
  let last: { v: number; U: Float64Array; B: Float64Array; decay: number } | null = null;
  let action = -1;
  for (const { observation: x, cumulant, discount, start } of life(steps, () => action)) {
    const rows = Array.from({ length: 1 + ACTIONS }, (_, r) => x[0]! * w[r * N]! + x[1]! * w[r * N + 1]!);
    const [v, ...h] = rows as [number, ...number[]];
    const total = h.reduce((sum, value) => sum + Math.exp(value), 0);
    const pi = h.map((value) => Math.exp(value) / total);
    let left = rng.uniform();
    action = 0;
    while (action < ACTIONS - 1 && left >= pi[action]!) left -= pi[action++]!;
    if (start) z.fill(0);
    else {
      const delta = cumulant[0]! + discount[0]! * v - last!.v;
      const sign = lateSign ? Math.sign(delta) : 1;
      z.forEach((value, i) => (z[i] = last!.decay * lambda * value + last!.U[i]! + sign * last!.B[i]!));
      w.forEach((_, i) => (w[i]! += alpha * delta * z[i]!));
    }
    const H = -pi.reduce((sum, p) => sum + p * Math.log(p), 0);
    const U = [1, ...pi.map((p, b) => (b === action ? 1 : 0) - p)];
    const B = [0, ...pi.map((p) => -entropy * p * (Math.log(p) + H))];
    const outer = (d: number[]) => Float64Array.from(d.flatMap((slope) => [slope * x[0]!, slope * x[1]!]));
    last = { v, U: outer(U), B: outer(B), decay: start ? 0 : discount[0]! };
  }
  return w;
}

const ACTOR: Partial<AgentInput> = memoryless({ id: 'actor-critic', entropy }, { alpha, lambda });
const RECURRENT: Partial<AgentInput> = { head: { id: 'actor-critic', entropy }, inputs: {}, clip: 5 };

it('is streaming AC(lambda) to the letter, the sign of the next error on the entropy included', async () => {
  const { learner, parts } = await assembleActor(ACTOR, ACTIONS);
  live(learner, 200);
  expectEqual(parts.head.weights, byHand(200), 1e-12);
  expectDifferent(parts.head.weights, byHand(200, false), 1e-3);
});

it('the state learns from the same score: its gradient is that of finite differences through all steps', async () => {
  const head = { id: 'actor-critic', entropy: 0, actor: 1.5, critic: 0.5 };
  const over = { head, rule: { id: 'td-lambda', alpha: 0 } };
  const W = Float64Array.from({ length: 12 }, (_, i) => Math.sin(1 + i)); // [v; three preferences] x [two columns; 1]
  const lived = async (turn: (theta: Float64Array) => void) => {
    const { learner, parts } = await assembleActor(over, ACTIONS);
    parts.head.weights.set(W);
    turn(parts.cell.params);
    for (const step of life(6, () => 0)) learner.step(step);
    return learner;
  };
  /** U of the latest step for an action, from the state alone: features are [h; 1]. */
  const U = (learner: ReferenceLearner, action: number): number => {
    const phi = [...get(learner, 'lane.state'), 1];
    const rows = [0, 1, 2, 3].map((r) => phi.reduce((sum, x, i) => sum + x * W[r * 3 + i]!, 0));
    const total = rows.slice(1).reduce((sum, h) => sum + Math.exp(h), 0);
    return 0.5 * rows[0]! + 1.5 * (rows[1 + action]! - Math.log(total));
  };
  const learner = await lived(() => undefined);
  const { action } = learner;
  const e = 1e-6;
  const numeric = new Float64Array(learner.gradient.length);
  for (let i = 0; i < numeric.length; i++) {
    const up = U(await lived((theta) => (theta[i]! += e)), action);
    const down = U(await lived((theta) => (theta[i]! -= e)), action);
    numeric[i] = (up - down) / (2 * e);
  }
  expectEqual(learner.gradient, numeric, 1e-6);
  expectDifferent(
    learner.gradient,
    numeric.map((value) => -value),
    1,
  );
  const immediate = await assembleActor({ ...over, estimator: { id: 'immediate' } }, ACTIONS);
  immediate.parts.head.weights.set(W);
  for (const step of life(6, () => 0)) immediate.learner.step(step);
  expectDifferent(immediate.learner.gradient, numeric, 0.01); // control: without the past it is another
});

describe.each([
  ['actor-critic', RECURRENT],
  ['sarsa-lambda', { ...RECURRENT, head: { id: 'sarsa-lambda', explore: 100 } }],
  ['q-lambda', { ...RECURRENT, head: { id: 'q-lambda', explore: 100 }, rule: { id: 'rmsprop' } }],
])('%s on learned columns', (_id, over) => {
  it('goes on bit by bit from its arrays and random streams', async () => {
    const whole = await assembleActor(over, ACTIONS);
    live(whole.learner, 120);
    const first = await assembleActor(over, ACTIONS);
    live(first.learner, 65);
    const second = await assembleActor(over, ACTIONS, { seed: 0 });
    carry(first.learner, second.learner);
    expect(second.learner.action).toBe(first.learner.action);
    second.rngs.policy.restore(first.rngs.policy.save());
    live(second.learner, 120, 65);
    expect(snapshot(second.learner)).toEqual(snapshot(whole.learner));
    const forgetful = await assembleActor(over, ACTIONS);
    carry(first.learner, forgetful.learner);
    live(forgetful.learner, 120, 65); // other draws
    expect(snapshot(forgetful.learner)).not.toEqual(snapshot(whole.learner));
  });

  it('acts and leaves everything learned as it is where it may not learn', async () => {
    const { learner, parts } = await assembleActor(over, ACTIONS, { learning: false });
    const before = [...parts.cell.params];
    const actions = new Set<number>();
    for (const step of life(100, () => learner.action)) {
      learner.step(step);
      actions.add(learner.action);
    }
    expect(actions).toEqual(new Set([0, 1, 2]));
    expect([...parts.cell.params]).toEqual(before);
    expect(parts.head.weights.every((w) => w === 0)).toBe(true);
  });
});

describe('what it cannot do, it says in one line:', () => {
  it('targets, and estimators that need them', async () => {
    const { learner } = await assembleActor(ACTOR, ACTIONS);
    expect(() => learner.step(stepOf([1, 0], 0, 0.9, { target: [1] }))).toThrow('Cannot learn to act from targets');
    await expect(assembleActor({ ...RECURRENT, estimator: { id: 'dni' } }, ACTIONS)).rejects.toThrow(
      'Cannot learn to act from synthetic gradients',
    );
  });

  it('random feedback', async () => {
    await expect(assembleActor({ ...RECURRENT, feedback: {} }, ACTIONS)).rejects.toThrow(
      'Cannot act with random feedback',
    );
  });

  it('several steps at once, where there is a choice', async () => {
    const chunk = createStepChunk(4, 2);
    chunk.length = 4;
    const { learner } = await assembleActor(ACTOR, ACTIONS);
    expect(() => learner.run(chunk, createReportChunk(chunk))).toThrow('Cannot act in a chunk of 4 steps');
    chunk.length = 1;
    chunk.start[0] = 1;
    learner.run(chunk, createReportChunk(chunk));
    expect(learner.action).toBeGreaterThanOrEqual(0);
  });

  it('actions that cannot be counted', async () => {
    const actionSpace = { kind: 'box', toString: () => 'Box(-2, 2, [1])' };
    await expect(assembleReference(smallAgent(ACTOR), { inputSize: 2, seed: 0, actionSpace })).rejects.toThrow(
      'Cannot choose actions of Box(-2, 2, [1]) with actor-critic: it takes those of a Discrete space',
    );
  });
});

it('a reward that is not finite stops it, or teaches nothing where asked for', async () => {
  const broken = stepOf([1, 0], NaN, 0.9);
  const { learner: strict } = await assembleActor(ACTOR, ACTIONS);
  live(strict, 10);
  expect(() => strict.step(broken)).toThrow('delta');
  const { learner, parts } = await assembleActor({ ...ACTOR, nonFinite: 'skip' }, ACTIONS);
  live(learner, 10);
  const before = [...parts.head.weights];
  learner.step(broken);
  expect([...parts.head.weights]).toEqual(before);
  live(learner, 20);
  expect([...parts.head.weights]).not.toEqual(before);
  expect(parts.head.weights.every(Number.isFinite)).toBe(true);
});

it('a learner whose head does not act says so', async () => {
  const { learner } = await assembleReference(smallAgent(), { inputSize: 2, seed: 0 });
  expect(learner.action).toBe(-1);
  const { parts } = await assembleActor(ACTOR, ACTIONS);
  const without = { ...parts };
  delete (without as { policy?: unknown }).policy;
  expect(() => createLearner(without)).toThrow('needs a random stream');
});
