/** What every recipe of agents/ must keep: the stream is the plain loop, bit for bit, and so is a life that was saved. */
import { readFileSync } from 'node:fs';
import { createRng, makeEnv } from '@rl-tools/envs';
import { lastValueFrom } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { asked, assemble } from '../../src/assemble.ts';
import { classCount } from '../../src/classes.ts';
import type { Learner } from '../../src/learner.ts';
import { listFolder } from '../../src/registry.ts';
import { loadAgent } from '../../src/agent-by-name.ts';
import type { Question } from '../../src/questions.ts';
import { resolvePart } from '../../src/resolve-part.ts';
import { interact } from '../../src/stream/interact.ts';
import { learn } from '../../src/stream/learn.ts';
import { carry, snapshot } from '../support/arrays.ts';

const ENV = { isi: [4, 6], iti: [8, 10], distractors: 3 };
const STEPS = 400;

/** A world that the agent can learn in: of classes, where it tells classes. */
async function worldOf(id: string) {
  const head = await resolvePart('heads', (await loadAgent(id)).head);
  const tells = head.part.classes?.(head.options) === true;
  const env = await (tells ? makeEnv('hidden-markov-text') : makeEnv('trace-patterning', ENV));
  const classes = tells ? classCount(env.metadata) : null;
  return { env, classes, asked: asked(head, env.observationSpace.size) }; // asked: by the head itself
}

async function needsOf(id: string) {
  const { env, classes } = await worldOf(id);
  const { observationSpace, actionSpace } = env;
  return { inputSize: observationSpace.size, actionSpace, ...(classes === null ? {} : { questions: classes }) };
}

async function createAgent(id: string, seed: number): Promise<Learner> {
  return (await assemble(await loadAgent(id), { ...(await needsOf(id)), seed })).learner;
}

async function byStream(id: string, { seed = 0, chunk = 256, steps = STEPS } = {}): Promise<Learner> {
  const learner = await createAgent(id, seed);
  const { env, classes, asked: questions } = await worldOf(id);
  await lastValueFrom(interact(env, { seed, chunk, steps, questions, classes }).pipe(learn(learner)));
  return learner;
}

/** The same life without any of this project's streams: reset, step, learn. */
async function byHand(id: string, learner: Learner, from = 0, until = STEPS): Promise<void> {
  const { env, classes, asked: own } = await worldOf(id);
  const questions = own ?? [{ cumulant: 'reward', discount: null } as Question];
  const { discount } = env.metadata;
  let [x] = env.reset({ seed: createRng('0/env').integer(0, 2 ** 31 - 1) }) as [Float64Array, unknown];
  for (let t = 0; t < until; t++) {
    let reward = 0;
    if (t > 0) [x, reward] = env.step(0) as [Float64Array, number, boolean, boolean, never]; // it never ends
    const transition = {
      cumulant: Float64Array.from(questions, ({ cumulant }) => (cumulant === 'reward' ? reward : x[cumulant]!)),
      discount: Float64Array.from(questions, (question) => question.discount ?? discount!),
    };
    const target = Float64Array.from({ length: classes ?? 0 }, (_, k) => (k === env.value!() ? 1 : 0));
    const taught = classes === null ? {} : { target };
    if (t >= from) learner.step({ observation: x, ...transition, ...taught, start: t === 0 });
  }
}

describe.each(listFolder('../agents'))('agent %s', (id) => {
  it('learns in a stream what it learns in a plain loop, bit for bit', async () => {
    const stream = snapshot(await byStream(id));
    const learner = await createAgent(id, 0);
    await byHand(id, learner);
    expect(snapshot(learner)).toEqual(stream);
    const drawn = await createAgent(id, 0);
    expect(snapshot(drawn)['head.weights']).not.toEqual(stream['head.weights']); // it did learn
  });

  it('does not know the size of the chunks', async () => {
    const whole = snapshot(await byStream(id, { steps: 150 }));
    for (const chunk of [1, 7]) expect(snapshot(await byStream(id, { chunk, steps: 150 }))).toEqual(whole);
    expect(snapshot(await byStream(id, { steps: 149 }))).not.toEqual(whole);
  });

  it('is the same for the same seed and another for another', async () => {
    const first = snapshot(await byStream(id));
    expect(snapshot(await byStream(id))).toEqual(first);
    expect(snapshot(await byStream(id, { seed: 1 }))).not.toEqual(first);
  });

  it('goes on from its arrays as if nothing had happened', async () => {
    const [whole, first] = [await createAgent(id, 0), await createAgent(id, 0)];
    await byHand(id, whole);
    await byHand(id, first, 0, 250);
    const second = await createAgent(id, 0);
    carry(first, second);
    await byHand(id, second, 250);
    expect(snapshot(second)).toEqual(snapshot(whole));
    const forgetful = await createAgent(id, 0);
    await byHand(id, forgetful, 250);
    expect(snapshot(forgetful)).not.toEqual(snapshot(whole));
  });

  it('says in one line what it is, where it comes from and what it costs', async () => {
    const { summary, cite } = await loadAgent(id);
    expect(summary).toMatch(/^[^\n]{10,100}$/);
    expect(readFileSync('docs/references.bib', 'utf8')).toContain(`{${cite},`);
    const { cost } = await assemble(await loadAgent(id), { ...(await needsOf(id)), inputSize: 5, seed: 0 });
    expect(Object.values(cost).every((n) => Number.isFinite(n) && n >= 0)).toBe(true);
  });
});

it('agents that learn their state have the budget of columnar-td at the twelve inputs of CCN trace patterning', async () => {
  const macs = async (id: string): Promise<number> =>
    (await assemble(await loadAgent(id), { inputSize: 12, seed: 0 })).cost.macsPerStep;
  const budget = await macs('columnar-td');
  for (const id of ['snap-td', 'tbptt-td']) expect(Math.abs((await macs(id)) / budget - 1), id).toBeLessThan(0.05);
  for (const id of ['trace-baseline', 'no-memory']) expect(await macs(id), id).toBeLessThan(budget);
});
