import { relative } from 'node:path';
import { createRng } from '@rl-tools/envs';
import { describe, expect, it } from 'vitest';
import { loadAgent } from '../src/agent-by-name.ts';
import { assemble } from '../src/assemble.ts';
import { resolvePart } from '../src/resolve-part.ts';
import { resolveSetting } from '../src/run/setting.ts';
import { UserError } from '../src/user-error.ts';
import { get } from './support/arrays.ts';
import { smallAgent } from './support/learners.ts';
import { put, tempFolder } from './support/temp.ts';
import { LEAKY_CELL } from './support/user-files.ts';

const folder = tempFolder();
const cell = {
  id: 'stack',
  layers: [
    { id: 'tanh-columns', columns: 2 },
    { id: 'lstm', units: 2 },
  ],
};
const estimator = {
  id: 'snap',
  groups: [
    { match: '0.*', id: 'rtrl' },
    { reads: 'bias', id: 'snap', n: 2 },
  ],
};

describe('a stack', () => {
  it('has every default of its layers filled in, and resolves to itself', async () => {
    const { choice, options } = await resolvePart('cells', cell);
    expect(choice).toEqual({
      id: 'stack',
      layers: [
        { id: 'tanh-columns', columns: 2, scale: 0.5 },
        expect.objectContaining({ id: 'lstm', units: 2, forgetBias: 1 }),
      ],
      delayed: false,
      skip: false,
      heads: 'top',
    });
    expect((await resolvePart('cells', choice)).choice).toEqual(choice);
    expect((await resolvePart('cells', cell)).part.options.parse(options)).toEqual(options);
  });

  it('makes its layers for each other, drawn one after the other', async () => {
    const make = async (layers: readonly object[], skip = false) =>
      (await resolvePart('cells', { id: 'stack', layers, skip })).create(createRng('cell'), { inputSize: 3 });
    const [one, two] = [await make(cell.layers.slice(0, 1)), await make(cell.layers)];
    expect(two.params.subarray(0, one.params.length)).toEqual(one.params);
    expect(two.params).toHaveLength(2 * 5 + 4 * 2 * (2 + 1 + 2));
    expect((await make(cell.layers, true)).params).toHaveLength(2 * 5 + 4 * 2 * (2 + 3 + 1 + 2));
  });

  it('may hold cells of files of the user, whose paths stay whole, and stacks', async () => {
    const path = put(folder, 'leaky.ts', LEAKY_CELL);
    const { choice } = await resolvePart('cells', { id: 'stack', layers: [{ id: relative('.', path) }, cell] });
    expect(choice['layers']).toMatchObject([
      { id: path, columns: 3 },
      { id: 'stack', heads: 'top' },
    ]);
  });
});

describe('estimators per group', () => {
  it('have every default filled in, and resolve to themselves', async () => {
    const { choice } = await resolvePart('estimators', estimator);
    expect(choice).toEqual({
      id: 'snap',
      n: 1,
      convention: 'unit-block',
      groups: [
        { match: '0.*', reads: null, id: 'rtrl' },
        { match: '*', reads: 'bias', id: 'snap', n: 2, convention: 'unit-block' },
      ],
    });
    expect((await resolvePart('estimators', choice)).choice).toEqual(choice);
  });

  it('learn in an agent, on the reference path', async () => {
    const agent = { ...smallAgent({ cell: { ...cell }, estimator: { ...estimator } }) };
    const { learner, chosen, exact } = await assemble(agent, { inputSize: 2, seed: 0 });
    expect(exact).toBe(false);
    expect(chosen).toMatchObject({
      path: 'reference',
      reason: 'the cell has no kernel: stacks run on the reference path',
    });
    const columns = await assemble(smallAgent({ estimator: { id: 'snap', groups: [{ reads: 'bias', id: 'rtrl' }] } }), {
      inputSize: 2,
      seed: 0,
    });
    expect(columns.chosen.reason).toBe('the estimator has no kernel: estimators per group run on the reference path');
    expect(columns.exact).toBe(true);
    const before = get(learner, 'cell.params');
    const step = { cumulant: Float64Array.of(1), discount: Float64Array.of(0.9) };
    for (let t = 0; t < 20; t++) {
      learner.step({ observation: Float64Array.of(Math.sin(t), 1), ...step, start: t === 0 });
    }
    expect(get(learner, 'cell.params')).not.toEqual(before);
    const { arrays } = learner;
    expect(Object.keys(arrays).filter((name) => name.startsWith('estimator.'))).toEqual([
      'estimator.0.influence',
      'estimator.1.influence',
      'estimator.rest.influence',
    ]);
  });
});

it('a setting tells all of both', async () => {
  const agent = { ...smallAgent({ cell: { ...cell }, estimator: { ...estimator } }), id: 'small' };
  const setting = await resolveSetting({ agent, env: { id: 'trace-conditioning' } });
  expect(setting.agent.cell).toEqual((await resolvePart('cells', cell)).choice);
  expect(setting.agent.estimator).toEqual((await resolvePart('estimators', estimator)).choice);
  expect(await resolveSetting(setting)).toEqual(setting);
});

it("the paths in an agent's file start from there, layers and groups included", async () => {
  const path = put(folder, 'mine.ts', LEAKY_CELL);
  const layers = "[{ id: './mine.ts' }, { id: 'gru' }]";
  const groups = "[{ match: '0.*', id: './mine.ts' }]";
  const text = `export default { summary: 'x', cell: { id: 'stack', layers: ${layers} }, estimator: { id: 'snap', groups: ${groups} }, features: { id: 'raw' }, rule: { id: 'td-lambda' } };`;
  const agent = await loadAgent(put(folder, 'agent.ts', text));
  expect(agent.cell['layers']).toEqual([{ id: path }, { id: 'gru' }]);
  expect(agent.estimator['groups']).toEqual([{ match: '0.*', id: path }]);
});

describe('a mistake is told in one line', () => {
  const cases: [string, Record<string, unknown>, string][] = [
    [
      'no layers',
      {},
      'Cannot set up stack (cells): it has no layers; name some, as in layers=[{"id":"gru"},{"id":"lstm"}]',
    ],
    ['an empty list', { layers: [] }, 'Cannot set up stack (cells): layers: expected array to have >=1 items, got []'],
    ['no list', { layers: 'gru' }, 'Cannot set up stack (cells): layers: expected array, got "gru"'],
    ['a layer without a name', { layers: [{ units: 3 }] }, 'Cannot set up stack (cells): layers.0.id is missing'],
    ['an unknown cell', { layers: [{ id: 'gruu' }] }, 'Cannot find "gruu" in cells: did you mean "gru"?'],
    [
      'an option of a layer',
      { layers: [{ id: 'gru', unit: 3 }] },
      'Cannot set up gru (cells): there is no option unit',
    ],
    [
      'an option of the stack',
      { layers: [{ id: 'gru' }], delay: true },
      'Cannot set up stack (cells): there is no option delay',
    ],
  ];
  it.each(cases)('%s', async (_, options, message) => {
    const error: unknown = await resolvePart('cells', { ...options, id: 'stack' }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UserError);
    expect((error as Error).message).toContain(message);
    expect((error as Error).message).not.toContain('\n');
  });
});
