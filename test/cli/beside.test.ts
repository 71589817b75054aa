/** agent-state run --beside: what it says, and what it refuses. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readMetrics } from '../../src/results/metrics-file.ts';
import { cli, cliJson, mistake, type RunJson } from '../support/cli.ts';
import { tempFolder } from '../support/temp.ts';

const folder = tempFolder();
const pair = ['--agent', 'snap-td', '--env', 'trace-conditioning'];
const SMALL = ['--set', 'agent.cell.units=5', '--set', 'every=200', '--steps', '600'];
const seed = ['--seeds', '3-3'];

const logOf = (run: string): { event: string; path?: string; estimator?: string }[] =>
  readFileSync(join(run, 'log.ndjson'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { event: string });

describe.concurrent('estimators beside a run', () => {
  it('are named, with what they are held against, those left out with the reason', async () => {
    const args = ['run', ...pair, ...SMALL, ...seed, '--beside', 'tbptt:window=5,dni', '--results', 'named'];
    const { code, stdout } = await cli(folder, ...args);
    expect(code).toBe(0);
    expect(stdout).toContain('On the reference path, which others can watch. Beside the agent: snap (its own),');
    expect(stdout).toContain('tbptt window=5. Reference: exact RTRL beside the agent');
    expect(stdout).toContain('left out, dni: it learns from targets');
    const run = /named\/\S+\/3\//.exec(stdout)![0];
    const log = logOf(join(folder, run));
    expect(log.find(({ event }) => event === 'path.chosen')).toMatchObject({ path: 'reference' });
    expect(log.find(({ event }) => event === 'audit.left-out')).toMatchObject({ estimator: 'dni' });
  });

  it('give the very numbers of an audit, and the run those of one on the reference path', async () => {
    const more = [...pair, ...SMALL];
    const list = 'uoro,immediate';
    const [run] = await cliJson<RunJson[]>(folder, 'run', ...more, ...seed, '--beside', list);
    const audit = await cliJson<RunJson>(folder, 'audit', ...more, '--seed', '3', '--estimators', list);
    const rows = readMetrics(join(run!.folder, 'alignment.jsonl')) as unknown as Record<string, { cosine: number }>[];
    expect(rows.map(({ step }) => step)).toEqual([200, 400, 600]);
    const theirs = readMetrics(join(audit.folder, 'audit.jsonl')).filter(({ group }) => group === 'all');
    expect(theirs).toHaveLength(9);
    for (const { step, estimator, cosine } of theirs) {
      const row = rows.find((one) => (one['step'] as unknown) === step)!;
      expect(row[String(estimator)]!.cosine).toBe(cosine);
    }
    const args = [...more, ...seed, '--path', 'reference', '--results', 'alone'];
    const [alone] = await cliJson<RunJson[]>(folder, 'run', ...args);
    for (const file of ['metrics.jsonl', 'trace.json', 'checkpoint/state.ckpt'])
      expect(readFileSync(join(run!.folder, file)), file).toEqual(readFileSync(join(alone!.folder, file)));
  });
});

describe.concurrent('a mistake', () => {
  const run = ['run', ...pair, ...SMALL];
  const cases: [string, string[], string][] = [
    ['the other path', [...run, '--beside', 'snap', '--path', 'compiled'], 'reference path alone; leave path out'],
    ['an unknown estimator', [...run, '--beside', 'rtlr'], 'did you mean "rtrl"?'],
    ['no estimator', [...run, '--beside', ','], 'Cannot use --beside'],
    ['an agent that does not learn', [...run, '--beside', 'snap', '--no-learn'], 'Cannot run estimators beside'],
    ['a study', ['run', 'step-size-sensitivity', '--beside', 'snap'], 'Cannot use --beside'],
  ];
  it.each(cases)('%s', async (_, args, words) => {
    expect(await mistake(folder, ...args)).toContain(words);
  });
});
