/** Experiments by name and by path, and what is said of files that hold none. */
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Experiment } from '../../src/experiment/experiment.ts';
import { settingsOfExperiment } from '../../src/run/asked-settings.ts';
import { isStudyLoaded, loadExperiment } from '../../src/run/load-experiment.ts';
import { put, tempFolder } from '../support/temp.ts';

const folder = tempFolder();
const SWEEP = {
  agent: 'columnar-td',
  agentOptions: { rule: { alpha: [0.1, 0.2] } },
  env: { id: 'cycle-world' },
  steps: 9,
};
const WRITTEN = { question: 'Does it matter?', sweep: SWEEP, seeds: 2 };

let files = 0;
const json = (value: unknown): string => put(folder, `written-${files++}.json`, JSON.stringify(value));
const script = (name: string, text: string): string => put(folder, `${name}.ts`, text);
const loaded = async (path: string): Promise<Experiment> => (await loadExperiment(path)).experiment as Experiment;

describe('an experiment', () => {
  it('by name is a file of experiments/, which may be a study', async () => {
    const [experiment, study] = [await loadExperiment('cycle-world'), await loadExperiment('baird')];
    expect(experiment).toMatchObject({ id: 'cycle-world', name: 'cycle-world' });
    expect([experiment, study].map(isStudyLoaded)).toEqual([false, true]);
  });

  it('by path has the name of its file, and the whole path for other processes', async () => {
    const path = json(WRITTEN);
    expect(await loadExperiment(path)).toMatchObject({ id: path, name: basename(path, '.json') });
    const own = script(
      'a (good) one',
      `export default { question: 'q?', title: 't', sweep: () => [], seeds: () => 1 }`,
    );
    expect((await loadExperiment(own)).name).toBe('a--good--one');
  });

  it('of JSON is swept, and has a larger size where it says so', async () => {
    const full = { sweep: { ...SWEEP, steps: 90 }, seeds: 5 };
    const experiment = await loaded(json({ ...WRITTEN, full }));
    expect(experiment.sweep(false)).toEqual(
      [0.1, 0.2].map((alpha) => ({ ...SWEEP, agentOptions: { rule: { alpha } } })),
    );
    expect(experiment.sweep(true).map(({ steps }) => steps)).toEqual([90, 90]);
    expect([experiment.seeds(false), experiment.seeds(true)]).toEqual([2, 5]);
    const same = await loaded(json(WRITTEN));
    expect([same.sweep(true), same.seeds(true)]).toEqual([same.sweep(false), 2]);
  });

  it('of JSON may be drawn at random', async () => {
    const random = { count: 3, seed: 1 };
    const sweep = { ...SWEEP, agentOptions: { rule: { alpha: { $logUniform: [0.001, 0.1] } } } };
    const experiment = await loaded(json({ ...WRITTEN, sweep, random, full: { random: { count: 5, seed: 1 } } }));
    expect(experiment.sweep(false)).toHaveLength(3);
    expect(experiment.sweep(true)).toHaveLength(5);
    expect(experiment.sweep(true).slice(0, 3)).toEqual(experiment.sweep(false));
  });

  it('runs its agents with their options, and is scored by what they explain, unless it says otherwise', async () => {
    const experiment = await loaded(json(WRITTEN));
    const { inputs, seeds } = await settingsOfExperiment('written', experiment);
    expect(inputs.map((input) => (input['agent'] as { rule: object }).rule)).toMatchObject([
      { alpha: 0.1 },
      { alpha: 0.2 },
    ]);
    expect(seeds).toBe(2);
    const run = { agent: 'columnar-td', seed: 0, status: 'done', msre: 1, explained: 0.5 };
    expect(experiment.score([run])).toEqual({ 'columnar-td': 0.5 });
  });
});

describe('what is no experiment is refused in one line', () => {
  const throwing = "export default { question: 'q?', title: 't', sweep() { return nothing; }, seeds: () => 1 }";
  it.each([
    ['a file that is not there', () => join(folder, 'nowhere.json'), 'no such file or folder'],
    ['a script that is not there', () => join(folder, 'nowhere.ts'), 'there is no such file'],
    ['no JSON', () => put(folder, 'broken.json', '{ "question": '), 'Cannot load'],
    ['an unknown word', () => json({ ...WRITTEN, seds: 3 }), 'there is no option seds (did you mean "seeds"?'],
    ['no question', () => json({ sweep: SWEEP, seeds: 2 }), 'question is missing'],
    ['no seeds', () => json({ ...WRITTEN, seeds: 0 }), 'seeds: expected number to be >=1, got 0'],
    ['a sweep that is none', () => json({ ...WRITTEN, sweep: 3 }), 'sweep: '],
    ['a mistake in the sweep', () => json({ ...WRITTEN, sweep: { ...SWEEP, steps: [] } }), 'Cannot sweep over steps: '],
    ['no environment', () => json({ ...WRITTEN, sweep: { agent: 'columnar-td' } }), 'env is missing'],
    ['no agent', () => json({ ...WRITTEN, sweep: { ...SWEEP, agent: ['no-memory', 3] } }), 'setting 3 of own: agent: '],
    ['another default export', () => script('three', 'export default 3'), 'its default export must be one'],
    ['code that throws', () => script('throws', throwing), 'Cannot sweep own: nothing is not defined'],
  ])('%s', async (_, path, words) => {
    const said = await loaded(path())
      .then((experiment) => settingsOfExperiment('own', experiment))
      .then(
        () => 'nothing refused',
        (error: Error) => `${error.name}: ${error.message}`,
      );
    expect(said).toMatch(/^UserError: [^\n]+$/);
    expect(said).toContain(words);
  });
});
