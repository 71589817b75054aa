/** The contract, for every file under tasks/: adding one is tested without an edit here. */
import { describe, expect, test } from 'vitest';
import { checkEnv, checkRules } from '../check.ts';
import { actionsFor, difference, intoForm, play, record, tupleForm } from '../check/rollout.ts';
import type { AnyEnv } from '../part.ts';
import { guarded } from '../guard.ts';
import { listEnvs, loadEnv } from '../registry.ts';
import { emptyResult } from './stream.ts';

const steps = 2000;
/** Environments in which nothing is random at their default options: two seeds agree. */
const deterministic = new Set(['cliff-walking', 'cycle-world', 'discounting-chain', 'lorenz', 'recorded', 'sinusoids']);
/** Deterministic too, but a second reset opens another episode. */
const goesOn = new Set(['recorded']);

describe.each(listEnvs())('%s', async (id) => {
  const part = await loadEnv(id);
  const make = (): AnyEnv => part.create(part.options.parse({}));
  const actions = actionsFor(make(), steps);

  test('keeps every rule of checkEnv', () => {
    const report = checkEnv(make);
    expect(report.map(({ rule }) => rule)).toEqual(checkRules);
    // Velocities without bounds, torques in [-2, 2]: warned of, and as the originals have them.
    const broken = report.filter(({ ok, rule }) => !ok && rule !== 'bounds').map(({ rule }) => rule);
    expect(broken).toEqual(deterministic.has(id) ? ['other-seed'] : []);
    expect(report.every(({ message }) => !message.includes('\n') && message.length > 10)).toBe(true);
  });

  test('gives the same stream twice for a seed, and another for another seed', () => {
    const [a, b, c] = [5, 5, 6].map((seed) => record(tupleForm(make()), seed, actions));
    expect(difference(a!, b!)).toBe(null);
    expect(difference(a!, c!) === null).toBe(deterministic.has(id));
  });

  test('starts from seed 0 when never given one, and goes on with the stream at the next reset', () => {
    const [a, b] = [tupleForm(make()), tupleForm(make())];
    const first = [a.reset(), ...play(a, actions)];
    expect(difference(first, [b.reset({ seed: 0 }), ...play(b, actions)])).toBe(null);
    const second = [a.reset(), ...play(a, actions)];
    expect(difference(second, [b.reset(), ...play(b, actions)])).toBe(null);
    expect(difference(first, second) === null).toBe(deterministic.has(id) && !goesOn.has(id));
  });

  test('writes the same in the allocation-free form as in tuples', () => {
    const tuples = record(tupleForm(make()), 8, actions);
    expect(difference(tuples, record(intoForm(make()), 8, actions))).toBe(null);
    const off = tuples.map((moment, t) => (t === 999 ? { ...moment, reward: moment.reward + 1 } : moment));
    expect(difference(tuples, off)).toMatch(/^reward .* moment 999$/);
  });

  test('continues bit by bit from what was saved, and not from elsewhere', () => {
    const env = make();
    record(tupleForm(env), 9, actions.slice(0, 777));
    const saved: unknown = JSON.parse(JSON.stringify(env.save?.()));
    const rest = play(tupleForm(env), actions);
    const other = make();
    other.reset({ seed: 1234 });
    other.load?.(saved);
    expect(difference(rest, play(tupleForm(other), actions))).toBe(null);
    expect(difference(rest, play(tupleForm(other), actions))).not.toBe(null);
  });

  test('refuses what was saved elsewhere', () => {
    const env = make();
    env.reset();
    const saved = env.save?.() as Record<string, unknown>;
    for (const junk of [null, 7, {}, { ...saved, id: 'x' }, { ...saved, numbers: [] }, { ...saved, phase: 'x' }]) {
      expect(() => env.load?.(junk)).toThrow(`Cannot load ${id}: `);
    }
    expect(() => env.load?.({ ...saved, rng: {} })).toThrow('Cannot restore an Rng');
  });

  test('steps only after a reset, and takes only seeds that are non-negative integers', () => {
    expect(() => make().step(actions[0]!)).toThrow(`Cannot step ${id}: call reset() first`);
    for (const seed of [-1, 0.5, NaN]) {
      expect(() => make().reset({ seed })).toThrow(`Cannot reset ${id}: the seed must be a non-negative integer`);
    }
  });

  test('passes the guard unchanged', () => {
    const [env, plain] = [make(), make()];
    const guard = guarded(env);
    const [a, b] = [emptyResult(env), emptyResult(plain)];
    guard.resetInto(a, { seed: 3 });
    plain.resetInto(b, { seed: 3 });
    for (const action of actions) {
      guard.stepInto(action, a);
      plain.stepInto(action, b);
      expect(a).toEqual(b);
      if (!a.terminated && !a.truncated) continue;
      guard.resetInto(a);
      plain.resetInto(b);
      expect(a).toEqual(b);
    }
  });

  test('has a discount, and its floors, if any, in their order', () => {
    const { floors, discount } = make().metadata;
    expect(discount).not.toBe(null);
    if (floors === null) return;
    expect(floors.zero).toBeGreaterThanOrEqual(floors.constant);
    expect(floors.constant).toBeGreaterThanOrEqual(floors.timing ?? 0);
    expect(floors.timing ?? floors.constant).toBeGreaterThanOrEqual(floors.ideal);
  });
});
