/** What every experiment of experiments/ must keep: a question, settings that resolve, and a score of what came out. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Experiment } from '../../src/experiment/experiment.ts';
import { isStudy } from '../../src/experiment/study.ts';
import { listFolder, loadNamed } from '../../src/registry.ts';
import { settingHash } from '../../src/results/setting-hash.ts';
import type { RunResult } from '../../src/run/result.ts';
import { resolveSetting } from '../../src/run/setting.ts';
import { cli } from '../support/cli.ts';
import { tempFolder } from '../support/temp.ts';

const agents = listFolder('../agents');
const cwd = tempFolder();

const all = await Promise.all(
  listFolder('../experiments').map(async (id) => [id, await loadNamed('../experiments', id)] as const),
);
const ordinary = all.filter(([, one]) => !isStudy(one)).map(([id]) => id);

describe.each(ordinary)('experiment %s', (id) => {
  let experiment: Experiment;
  beforeAll(async () => {
    experiment = (await loadNamed('../experiments', id)) as Experiment;
  });

  it('asks a question and has a title for its picture', () => {
    expect(experiment.question).toMatch(/^[^\n]{10,100}\?$/);
    expect(experiment.title).toMatch(/^[^\n]{3,60}$/);
  });

  it.each([false, true])('has settings that resolve, each its own (full size: %s)', async (full) => {
    const sweep = experiment.sweep(full);
    expect(sweep.length).toBeGreaterThan(0);
    expect(experiment.seeds(full)).toBeGreaterThan(0);
    for (const { agent } of sweep) expect(agents).toContain(agent);
    const settings = await Promise.all(sweep.map(async (one) => resolveSetting(await experiment.run(one))));
    expect(new Set(settings.map(settingHash)).size).toBe(sweep.length);
    settings.forEach(({ agent, env, steps }, i) => {
      expect([agent.id, env.id, steps]).toEqual([sweep[i]!.name ?? sweep[i]!.agent, sweep[i]!.env.id, sweep[i]!.steps]);
    });
  });

  it('is larger at its published size', () => {
    const size = (full: boolean): number =>
      experiment.seeds(full) * experiment.sweep(full).reduce((sum, { steps }) => sum + steps, 0);
    expect(size(true)).toBeGreaterThan(size(false));
  });

  it('has a score of numbers, null where there is nothing to be scored', () => {
    const nothing = { seed: 0, status: 'failed', msre: null, explained: null };
    const score = experiment.score(experiment.sweep(false).map(({ agent }) => ({ agent, ...nothing })));
    expect(Object.keys(score).length).toBeGreaterThan(0);
    for (const value of Object.values(score)) expect(value).toBeNull();
  });

  it('runs from the command line, and ends with its score on disk', async () => {
    const { code, stdout, stderr } = await cli(cwd, 'run', id, '--steps', '600', '--seeds', '1');
    const words = stderr
      .split('\n')
      .filter((line) => /^agent-state: (?!.*nothing could be scored|\.\.\. and \d+ more)/.test(line));
    expect({ code, words }).toEqual({ code: 0, words: [] });
    expect(stdout.startsWith(`${experiment.question}\n`)).toBe(true);
    const [, place] = /table +(\S+)summary\.md/.exec(stdout)!;
    const path = join(cwd, place!, 'summary.json');
    const { score, results } = JSON.parse(readFileSync(path, 'utf8')) as { score: object; results: RunResult[] };
    expect(results).toHaveLength(experiment.sweep(false).length);
    expect(results.every(({ status }) => status === 'done')).toBe(true);
    expect(score).toEqual(experiment.score(results));
  });
});
