/** Weights that come and go under heads that act or answer many questions. */
import { createRng, discrete } from '@rl-tools/envs';
import { expect, it } from 'vitest';
import type { AgentInput } from '../../src/agent.ts';
import { assembleReference } from '../../src/assemble.ts';
import { createLearner } from '../../src/learner.ts';
import type { Growth } from '../../src/types.ts';
import { exchanging, METHODS, weightsOf } from '../support/exchanging.ts';
import { INPUTS, live } from '../support/growing.ts';
import { stepOf } from '../support/learners.ts';

async function made(over: Partial<AgentInput>) {
  const agent = exchanging({ cell: { id: 'tanh', units: 6, density: 0.4 }, ...over });
  const { parts } = await assembleReference(agent, { inputSize: INPUTS, seed: 0, actionSpace: discrete(3) });
  let growth: Growth | undefined;
  const learner = createLearner({ ...parts, growth: (site) => (growth = parts.growth!(site)) });
  const names = (): string[] => weightsOf(parts.cell.rows, parts.cell.params.length);
  return { learner, parts, growth: growth!, names };
}

const RULE = { id: 'td-lambda', alpha: 0.01, lambda: 0.8 };
const HORDE = {
  id: 'horde',
  recurrent: 'exact',
  questions: [0, 1].map((cumulant) => ({ cumulant, discount: 0.5, lambda: 0.5 + 0.1 * cumulant })),
};

it('rigl hears of every slope and every error of a head that acts, the error one step late', async () => {
  const { learner, growth, parts } = await made({ head: { id: 'sarsa-lambda' }, rule: RULE, growth: METHODS.rigl });
  const blame = growth.blame!.bind(growth);
  const heard: [delta: number, slope: number[]][] = [];
  growth.blame = (lane, q, error, late) => {
    expect(late).toBe(true);
    heard.push([error[0]!, [...q]]);
    blame(lane, q, error, late);
  };
  const before = [...parts.cell.params];
  const deltas: number[] = [];
  for (let t = 0; t < 45; t++) {
    live({ learner }, t, t + 1);
    deltas.push(heard.at(-1)![0]);
    const { weights } = parts.head;
    const row = learner.action * (weights.length / 3);
    expect(heard.at(-1)![1]).toEqual([...weights.subarray(row, row + 6)]); // features are the state
  }
  expect(heard).toHaveLength(45);
  expect(new Set(deltas).size).toBeGreaterThan(40);
  expect(parts.cell.rows.revision).toBe(2);
  expect([...parts.cell.params]).not.toEqual(before);
});

it('set exchanges weights under a horde, and new ones begin without a trace of the old', async () => {
  const { learner, names, parts } = await made({ head: HORDE as never, rule: RULE, growth: METHODS.set });
  const before = names();
  learner.write(
    'head.weights',
    Float64Array.from({ length: learner.arrays['head.weights']! }, (_, i) => Math.cos(i)),
  );
  const rng = createRng('two questions');
  for (let t = 0; t < 20; t++) {
    const [a, b, c] = [rng.normal(), rng.normal(), rng.normal()];
    learner.step({
      ...stepOf([a, b, c], 0, 0, { start: t === 0 }),
      cumulant: Float64Array.of(a, b),
      discount: Float64Array.of(0.5, 0.5),
    });
  }
  const after = names();
  const changed = [...before.keys()].filter((slot) => before[slot] !== after[slot]);
  expect(changed.length).toBeGreaterThan(0);
  const traces = Object.keys(learner.arrays).filter((name) => name.includes('z') && name.endsWith('.cell'));
  expect(traces.length).toBeGreaterThan(0);
  for (const name of traces) {
    const z = new Float64Array(parts.cell.params.length);
    learner.read(name, z);
    for (const slot of changed) expect(z[slot]).toBe(0);
    expect(z.some((value) => value !== 0)).toBe(true);
  }
});

it('is refused where errors are many, or slopes are kept from one step to the next', async () => {
  await expect(made({ head: HORDE as never, rule: RULE, growth: METHODS.rigl })).rejects.toThrow(
    'Cannot exchange weights by their gradient: a horde has an error for every question; take set',
  );
  for (const growth of Object.values(METHODS)) {
    await expect(made({ head: { id: 'actor-critic' }, rule: RULE, growth })).rejects.toThrow(
      'the head keeps slopes of its bonus from one step to the next',
    );
  }
});
