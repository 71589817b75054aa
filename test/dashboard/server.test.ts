/** What the dashboard tells of a results folder, beside what lies there. */
import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import type {
  Audit,
  Curves,
  Experiment,
  ExperimentEntry,
  Picture,
  Plan,
  Rows,
  Run,
} from '../../src/dashboard/protocol.ts';
import { holdLease } from '../../src/results/hold-lease.ts';
import { settingHash } from '../../src/results/setting-hash.ts';
import { openDashboard, type Open } from '../support/dashboards.ts';
import { keepRun, keptConfig } from '../support/kept-runs.ts';
import { put, tempFolder } from '../support/temp.ts';

const results = tempFolder();
let open: Open;
const [slow, fast] = [keptConfig(0.01, 'small', { target: 'return' }), keptConfig(0.1, 'small', { target: 'return' })];
const [slowHash, fastHash] = [settingHash(slow), settingHash(fast)];
const rows = (n: number, error: number) =>
  Array.from({ length: n }, (_, i) => ({ step: 10 * (i + 1), msre: error / (i + 1) }));

const aligned = [
  { step: 20, 'snap n=2': { cosine: 1, relativeError: 0, normRatio: 1 }, uoro: { cosine: 0.5, relativeError: null } },
  { step: 40, 'snap n=2': { cosine: 1, relativeError: 0.5, normRatio: 1 } }, // the other one gave up
];
const measured = { cosine: 0.5, relativeError: 2, normRatio: null, macsPerStep: 7, bytes: 8, microseconds: 0.25 };
const AUDIT = {
  ...{ format: 1, agent: 'small', env: '<b>', seed: 0, status: 'done', steps: 100 },
  reference: { kind: 'probe', exactMacs: 9 },
  estimators: [{ estimator: 'uoro', isActive: true, ...measured }],
  leftOut: [{ label: 'dni', reason: 'no' }],
};

/** A sweep of the slow setting and the fast one. */
function keepPlan(folder: string, seeds: readonly number[], label: (hash: string, i: number) => string): void {
  const [id, createdAt] = ['0123456789', '2026-01-01T00:00:00.000Z'];
  const settings = [slow, fast].map((config, i) => {
    const hash = settingHash(config);
    return { hash, label: label(hash, i), config };
  });
  const plan = { format: 1, experiment: 'kept', id, settings, seeds, createdAt, argv: [] };
  put(folder, `kept/sweeps/${id}.json`, JSON.stringify(plan));
}

beforeAll(async () => {
  keepRun(results, { config: slow, seed: 0, beside: { 'metrics.jsonl': rows(10, 1), 'alignment.jsonl': aligned } });
  keepRun(results, { config: slow, seed: 1, status: 'diverged', beside: { 'metrics.jsonl': rows(4, 3) } });
  keepRun(results, {
    config: fast,
    seed: 0,
    status: 'running',
    end: null,
    scores: null,
    beside: { 'metrics.jsonl': rows(3, 1) },
  });
  keepRun(results, { config: fast, seed: 1, status: 'running', end: null, scores: null });
  keepPlan(results, [0, 1, 2], (hash) => `alpha ${hash}`);
  put(results, 'kept/report/curves.svg', '<svg/>');
  put(
    results,
    'kept/report/curves.vl.json',
    JSON.stringify({
      layer: [
        {
          data: {
            values: [
              { x: 1, y: 'a,b' },
              { x: 2, z: null },
            ],
          },
        },
      ],
    }),
  );
  put(results, 'kept/ffffffffff/0/run.json', '{');
  put(results, 'study/measured/abc.jsonl', '{"setting":{"alpha":1},"seed":0,"values":{"mse":2},"diverged":null}\n');
  put(results, 'study/summary.json', '{"question":"?"}');
  put(results, 'audit/small.walk/0123456789/0/audit.json', JSON.stringify(AUDIT));
  put(results, 'audit/small.walk/0123456789/1/audit.json', '{"estimators":7}');
  const elsewhere = put(tempFolder(), 'audit.json', JSON.stringify(AUDIT));
  mkdirSync(join(results, 'audit/small.walk/0123456789/2'));
  symlinkSync(elsewhere, join(results, 'audit/small.walk/0123456789/2/audit.json'));
  open = await openDashboard(results);
});

describe('of the folder', () => {
  it('experiments and studies', async () => {
    const found = await open.json<ExperimentEntry[]>('/api/experiments');
    expect(found.map(({ name, runs, plans, isStudy }) => ({ name, runs, plans, isStudy }))).toEqual([
      { name: 'audit', runs: 0, plans: 0, isStudy: false },
      { name: 'kept', runs: 5, plans: 1, isStudy: false },
      { name: 'study', runs: 0, plans: 0, isStudy: true },
    ]);
    expect(await open.json('/api/experiments/study/study')).toEqual({
      summary: { question: '?' },
      code: 'abc',
      measured: 1,
    });
  });
});

describe('of audits', () => {
  it('what was measured, of those alone that lie in the folder and are some', async () => {
    const [entry] = await open.json<ExperimentEntry[]>('/api/experiments');
    expect(entry).toMatchObject({ name: 'audit', audits: 2 });
    expect(await open.json<Audit[]>('/api/audits')).toEqual([
      {
        ...{ agent: 'small', env: '<b>', seed: 0, status: 'done', steps: 100 },
        ...{ reference: 'probe', estimators: AUDIT.estimators, leftOut: AUDIT.leftOut },
        path: 'audit/small.walk/0123456789/0',
        changed: expect.any(Number) as number,
      },
    ]);
    const text = (await open.ask('/plain/audit')).text;
    expect(text).toContain('small in &lt;b&gt;');
    expect(text).toContain('uoro *');
  });
});

describe('of an experiment', () => {
  it('settings, runs as they stand, and what cannot be read', async () => {
    const lease = holdLease(join(results, 'kept', fastHash, '1'));
    const found = await open.json<Experiment>('/api/experiments/kept');
    lease.release();
    expect(found.settings.map(({ hash, label, agent, env, steps }) => [hash, label, agent, env, steps])).toEqual([
      [slowHash, `alpha ${slowHash}`, 'small', 'walk', 100],
      [fastHash, `alpha ${fastHash}`, 'small', 'walk', 100],
    ]);
    const told = Object.fromEntries(found.runs.map(({ id, status, figure }) => [id, [status, figure]]));
    expect(told).toEqual({
      [`kept/${slowHash}/0`]: ['done', 0.5],
      [`kept/${slowHash}/1`]: ['diverged', 0.5],
      [`kept/${fastHash}/0`]: ['interrupted', null], // its process is gone
      [`kept/${fastHash}/1`]: ['running', null],
    });
    expect(found.unreadable).toEqual([expect.stringContaining('it is not JSON')]);
  });

  it('where the runs of a sweep stand', async () => {
    const { states } = await open.json<Plan>('/api/experiments/kept/plans/0123456789');
    expect(states).toEqual([
      ['done', 'diverged', 'missing'],
      ['interrupted', 'interrupted', 'missing'],
    ]);
  });

  it('curves, with the mean and its interval as long as no seed has diverged', async () => {
    const { settings } = await open.json<Curves>(`/api/experiments/kept/curves?settings=${slowHash}`);
    expect(settings).toHaveLength(1);
    const [{ steps, seeds, values, mean, low, high, title }] = settings as [Curves['settings'][number]];
    expect({ seeds, title }).toEqual({ seeds: [0, 1], title: 'mean squared error (return)' });
    expect(steps).toEqual(rows(10, 1).map(({ step }) => step));
    expect(values[1]!.slice(3, 6)).toEqual([0.75, null, null]);
    expect(mean.slice(0, 6)).toEqual([2, 1, 2 / 3, 0.5, null, null]);
    expect(low[0]).toBeCloseTo(2 - 12.706204736, 8); // t of one degree of freedom, s.e. 1
    expect(high[0]).toBeCloseTo(2 + 12.706204736, 8);
    expect(settings[0]!.diverged).toEqual([null, 100]); // the step at which it did
    const few = await open.json<Curves>('/api/experiments/kept/curves?points=2');
    for (const one of few.settings) {
      expect(one.steps).toHaveLength(2);
      expect(one.values[0]!.every((value) => value !== null)).toBe(true);
    }
  });

  it('pictures, their data, and tables', async () => {
    const [picture] = await open.json<Picture[]>('/api/experiments/kept/pictures');
    expect(picture).toMatchObject({ path: 'kept/report/curves.svg', csv: 'kept/report/curves.csv', bytes: 6 });
    expect((await open.ask(`/files/${picture!.csv}`)).text).toBe('x,y,z\r\n1,"a,b",\r\n2,,\r\n');
    expect((await open.ask(`/files/${picture!.path}`)).text).toBe('<svg/>');
    const metrics = (await open.ask('/api/experiments/kept/metrics.csv')).text.split('\r\n');
    expect(metrics).toHaveLength(1 + 17 + 1);
    expect((await open.ask('/api/experiments/kept/runs.csv')).text.split('\r\n')).toHaveLength(1 + 4 + 1);
    expect((await open.ask('/api/experiments/study/study.csv')).text).toContain('study,1,0,2,,abc');
    expect((await open.ask('/api/experiments/study/metrics.csv')).status).toBe(404);
  });
});

describe('of a run', () => {
  const address = `/api/runs/kept/${fastHash}/0`;

  it('its record, and how far it came', async () => {
    const run = await open.json<Run>(address);
    expect(run).toMatchObject({ status: 'interrupted', step: 30, has: ['metrics', 'log'] });
    expect(run.record.config).toEqual(fast);
    expect((await open.ask(`/api/runs/kept/${fastHash}/9`)).status).toBe(404);
    expect((await open.ask(`${address}/trace`)).status).toBe(404);
  });

  it('some of its rows, and all of them as a table', async () => {
    const { rows: some, of } = await open.json<Rows>(`${address}/metrics?points=2`);
    expect([some.map(({ step }) => step), of]).toEqual([[10, 30], 3]);
    expect((await open.ask(`${address}/metrics.csv`)).text).toBe(
      'step,msre\r\n10,1\r\n20,0.5\r\n30,0.3333333333333333\r\n',
    );
  });

  it('how estimators beside it are aligned', async () => {
    const slowRun = `/api/runs/kept/${slowHash}/0`;
    expect((await open.json<Rows>(`${slowRun}/alignment`)).rows).toEqual(aligned);
    expect((await open.json<Run>(slowRun)).has).toContain('alignment');
    expect((await open.ask(`${slowRun}/alignment.csv`)).text.split('\r\n')).toEqual([
      'step,snap n=2.cosine,snap n=2.relativeError,snap n=2.normRatio,uoro.cosine,uoro.relativeError',
      '20,1,0,1,0.5,',
      '40,1,0.5,1,,',
      '',
    ]);
    expect((await open.ask(`${address}/alignment`)).status).toBe(404);
  });

  it('wherever its folder was moved to', async () => {
    cpSync(join(results, 'kept', slowHash), join(results, 'moved', slowHash), { recursive: true });
    const { runs } = await open.json<Experiment>('/api/experiments/moved');
    expect(runs.map(({ id, experiment }) => [id, experiment])).toEqual([
      [`moved/${slowHash}/0`, 'moved'],
      [`moved/${slowHash}/1`, 'moved'],
    ]);
    expect((await open.json<Rows>(`/api/runs/moved/${slowHash}/0/metrics`)).of).toBe(10);
    expect((await open.ask('/plain/moved')).text).toContain(`href="/plain/moved/${slowHash}/0"`);
  });

  it('and the same as pages without scripts', async () => {
    const text = (await open.ask(`/plain/kept/${fastHash}/0`)).text;
    expect(text).toContain('interrupted');
    expect((await open.ask('/')).text).toContain('href="/plain/kept"');
    expect((await open.ask('/plain/kept')).text).toContain('#x.  alpha');
  });
});

describe('the built page', () => {
  it('is served as it was built, and nothing beside it; without scripts there are the plain ones', async () => {
    const whole = tempFolder();
    const page = join(whole, 'page');
    put(page, 'index.html', '<!doctype html><title>page</title>');
    put(page, 'assets/app-1a2b.js', 'export {};');
    put(page, 'assets/notes.txt', 'for nobody');
    put(whole, 'beside.js', 'no');
    const built = await openDashboard(results, { page: pathToFileURL(`${page}/`) });
    expect(await built.ask('/')).toMatchObject({ status: 200, text: '<!doctype html><title>page</title>' });
    const { headers, status } = await built.ask('/assets/app-1a2b.js');
    expect([status, headers['content-type']]).toEqual([200, 'text/javascript; charset=utf-8']);
    expect(headers['cache-control']).toContain('immutable');
    expect((await built.ask('/')).headers['cache-control']).toBe('no-store');
    expect((await built.ask('/plain')).text).toContain('href="/plain/kept"');
    for (const path of ['/assets/notes.txt', '/index.html', '/assets/', '/../beside.js', '/assets/..%2f..%2fbeside.js'])
      expect((await built.ask(path)).status, path).toBe(404);
    expect((await open.ask('/assets/app-1a2b.js')).status).toBe(404);
  });
});

describe('what tells runs apart', () => {
  const labels = (...ids: string[]) => open.json<string[]>(`/api/labels?${ids.map((id) => `run=${id}`).join('&')}`);

  it('is what differs between their settings, in the order in which they are asked for', async () => {
    const [a, b] = [`kept/${slowHash}/0`, `kept/${fastHash}/0`];
    const [first, second, third] = await labels(b, a, `kept/${slowHash}/1`);
    expect(first).toMatch(/^small .*rule\.alpha=0\.1$/);
    expect(second).toMatch(/^small .*rule\.alpha=0\.01$/);
    expect(third).toBe(second);
    expect(await labels(a)).toEqual(['small']);
  });

  it('is the setting itself of a run that is not there, or lies elsewhere', async () => {
    expect(await labels('kept/ffffffff00/0', '..%2F..%2Fetc', 'kept')).toEqual(['ffffffff00', '..', '']);
    expect(await labels()).toEqual([]);
  });

  it('is what the plan calls a setting, where all belong to it', async () => {
    expect(await open.json(`/api/runs/kept/${slowHash}/0/label`)).toEqual({ label: `alpha ${slowHash}` });
  });

  it('is told of all together, where some belong to no plan', async () => {
    const own = tempFolder();
    const other = keptConfig(0.5, 'small', { target: 'return' });
    for (const config of [slow, fast, other]) keepRun(own, { config });
    keepPlan(own, [0], (_, i) => `small n=${i}`);
    const { settings: named } = await (await openDashboard(own)).json<Experiment>('/api/experiments/kept');
    expect(named.map(({ label }) => /rule\.alpha=\S+$/.exec(label)?.[0])).toEqual([
      'rule.alpha=0.01',
      'rule.alpha=0.1',
      'rule.alpha=0.5',
    ]);
  });
});
