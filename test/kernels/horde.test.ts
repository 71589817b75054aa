/** Many questions on the compiled path: what they predict and learn is what the reference path does. */
import { createRng } from '@rl-tools/envs';
import { expect, it } from 'vitest';
import { defineAgent } from '../../src/agent.ts';
import { assemble } from '../../src/assemble.ts';
import { createStepChunk, type StepChunk } from '../../src/chunk.ts';
import type { PathOptions } from '../../src/paths.ts';
import { get } from '../support/arrays.ts';
import { live, relativeGap } from '../support/kernel-learners.ts';

const SIGNALS = 5;
const HORIZONS = [1, 2, 8] as const;
const K = SIGNALS * HORIZONS.length;

async function hordeOn(path: PathOptions, rule: object = {}, horde: object = {}) {
  const agent = defineAgent({
    summary: 'many questions',
    cell: { id: 'none' },
    estimator: { id: 'none' },
    features: { id: 'raw', observation: true },
    head: { id: 'horde', nexting: { signals: 'all', horizons: [...HORIZONS] }, ...horde },
    rule: { id: 'td-lambda', alpha: 0.01, lambda: 0.7, ...rule },
  });
  return assemble(agent, { inputSize: SIGNALS, observed: SIGNALS, questions: K, seed: 0, ...path });
}

/** Episodes of 61 steps with importance ratios; question k asks for signal k / 3 at horizon k % 3. */
function life(steps: number, seed = 'life'): StepChunk {
  const rng = createRng(seed);
  const chunk = createStepChunk(steps, SIGNALS, K);
  chunk.length = steps;
  for (let t = 0; t < steps; t++) {
    chunk.start[t] = t % 61 === 0 ? 1 : 0;
    chunk.ratio[t] = 0.8 + 0.4 * rng.uniform();
    for (let i = 0; i < SIGNALS; i++) chunk.observation[t * SIGNALS + i] = rng.normal();
    for (let k = 0; k < K; k++) {
      chunk.cumulant[t * K + k] = chunk.observation[t * SIGNALS + Math.floor(k / HORIZONS.length)]!;
      chunk.discount[t * K + k] = 1 - 1 / HORIZONS[k % HORIZONS.length]!;
    }
  }
  return chunk;
}

it.each([
  ['f64', 1e-9],
  ['f32', 1e-4],
] as const)('learns in %s as on the reference path', async (precision, tolerance) => {
  const { learner: reference } = await hordeOn({ path: 'reference' });
  const { learner: compiled } = await hordeOn({ path: 'compiled', precision });
  const { learner: control } = await hordeOn({ path: 'compiled', precision }, { lambda: 0.69 });
  const v = live(reference, life(700));
  expect(relativeGap(live(compiled, life(700)), v)).toBeLessThan(tolerance);
  expect(relativeGap(live(control, life(700)), v)).toBeGreaterThan(10 * tolerance);
  for (const name of Object.keys(reference.arrays)) {
    if (reference.arrays[name] === 0 || name === 'learner.skipped') continue;
    expect(relativeGap(get(compiled, name), get(reference, name)), name).toBeLessThan(10 * tolerance);
  }
});

it('has an eligibility for each lambda of its own', async () => {
  const questions = Array.from({ length: K }, (_, k) => ({
    cumulant: Math.floor(k / HORIZONS.length),
    discount: 1 - 1 / HORIZONS[k % HORIZONS.length]!,
    lambda: k % 2 === 0 ? 0.3 : null,
  }));
  const asked = { questions, nexting: null };
  const { learner: reference } = await hordeOn({ path: 'reference' }, {}, asked);
  const { learner: compiled } = await hordeOn({ path: 'compiled', precision: 'f64' }, {}, asked);
  expect(Object.keys(compiled.arrays).filter((name) => name.startsWith('rule.bundle'))).toHaveLength(6);
  expect(relativeGap(live(compiled, life(300)), live(reference, life(300)))).toBeLessThan(1e-9);
});

it('goes on bit by bit from what was saved, and no look at it changes a bit', async () => {
  const make = async () => (await hordeOn({ path: 'compiled' })).learner;
  const [one, two, looked] = [await make(), await make(), await make()];
  live(one, life(300));
  for (const [name, length] of Object.entries(one.arrays)) {
    const values = new Float64Array(length);
    one.read(name, values);
    two.write(name, values);
  }
  const future = life(200, 'future');
  future.start.fill(0);
  const v = live(one, future);
  expect(live(two, future)).toEqual(v);
  const all = life(300);
  for (let t = 0; t < 300; t++) {
    looked.step({
      observation: all.observation.slice(t * SIGNALS, (t + 1) * SIGNALS),
      cumulant: all.cumulant.slice(t * K, (t + 1) * K),
      discount: all.discount.slice(t * K, (t + 1) * K),
      start: all.start[t] === 1,
      ratio: all.ratio[t]!,
    });
    get(looked, 'head.weights');
  }
  expect(live(looked, future)).toEqual(v);
});

it('says why it does not compile', async () => {
  const { chosen } = await hordeOn({ path: 'auto' }, { id: 'rmsprop', alpha: 0.01 });
  expect(chosen.reason).toContain('share no eligibility');
});
