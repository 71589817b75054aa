import { describe, expect, test } from 'vitest';
import { EnvSpec } from '../env-spec.ts';
import { EnvError } from '../errors.ts';
import { ClipReward } from '../wrappers/clip-reward.ts';
import { Pulse } from './pulse.ts';

const full = new EnvSpec({
  id: 'lab/Pulse-v3',
  entryPoint: './pulse.js#Pulse',
  rewardThreshold: 9.5,
  nondeterministic: true,
  maxEpisodeSteps: 7,
  orderEnforce: false,
  disableEnvChecker: true,
  kwargs: { lengths: [4, 6], name: 'x', deep: { on: true, none: null } },
  additionalWrappers: [{ name: 'ClipReward', entryPoint: 'ClipReward', kwargs: { min: -1 } }],
});

describe('EnvSpec', () => {
  test('reads namespace, name and version out of its id, and has Gymnasium’s defaults', () => {
    expect(full).toMatchObject({ namespace: 'lab', name: 'Pulse', version: 3 });
    expect(new EnvSpec({ id: 'Pulse', entryPoint: 'pulse' })).toMatchObject({
      version: null,
      rewardThreshold: null,
      nondeterministic: false,
      maxEpisodeSteps: null,
      orderEnforce: true,
      disableEnvChecker: false,
      kwargs: {},
      additionalWrappers: [],
    });
  });

  test('comes back from JSON as it was, from text and from an object', () => {
    const text = JSON.stringify(full);
    expect(EnvSpec.fromJSON(text)).toEqual(full);
    expect(EnvSpec.fromJSON(JSON.parse(text) as object)).toEqual(full);
    expect(EnvSpec.fromJSON(text)).not.toEqual(full.with({ maxEpisodeSteps: 8 }));
  });

  test.each([
    ['an entry point that is a function', { entryPoint: () => new Pulse() }, 'entryPoint is a function'],
    ['a function among the options', { kwargs: { deep: { f: Math.sin } } }, 'kwargs.deep.f is a function'],
    ['NaN', { kwargs: { x: [1, NaN] } }, 'kwargs.x.1 is NaN'],
    ['a typed array', { kwargs: { x: Float64Array.of(1) } }, 'kwargs.x is a Float64Array of 1'],
    [
      'a wrapper of one’s own',
      { additionalWrappers: [{ name: 'Mine', entryPoint: ClipReward, kwargs: {} }] },
      'additionalWrappers.0.entryPoint is a function',
    ],
  ])('is not written as JSON with %s', (_, change, message) => {
    expect(() => JSON.stringify(full.with(change))).toThrow(EnvError);
    expect(() => JSON.stringify(full.with(change))).toThrow(
      `Cannot write the spec of lab/Pulse-v3 as JSON: ${message}`,
    );
  });

  test.each([
    ['no JSON', '{', 'Cannot read an EnvSpec: the text is not JSON: {'],
    ['a list', '[]', 'Cannot read an EnvSpec: an object is needed, got an Array of 0'],
    ['no id', '{}', 'Cannot make an EnvSpec of no id: id must be text, got undefined'],
    ['a typo', '{"id":"A","entryPoint":"a","kwarg":{}}', 'unknown field "kwarg", did you mean "kwargs"?'],
    ['a limit of 0', '{"id":"A","entryPoint":"a","maxEpisodeSteps":0}', 'maxEpisodeSteps must be a positive integer'],
    ['an id out of form', '{"id":"a b","entryPoint":"a"}', 'Cannot read the environment id "a b"'],
  ])('is refused from %s, in one line', (_, text, message) => {
    expect(() => EnvSpec.fromJSON(text)).toThrow(EnvError);
    expect(() => EnvSpec.fromJSON(text)).toThrow(message);
  });
});
