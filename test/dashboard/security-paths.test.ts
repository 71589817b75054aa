/** Nothing outside the results folder is served, whatever an address says and wherever a link leads. */
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openDashboard, type Open, raw } from '../support/dashboards.ts';
import { keepRun } from '../support/kept-runs.ts';
import { put, tempFolder } from '../support/temp.ts';

const SECRET = 'not for anybody';
const outside = tempFolder();
const results = join(outside, 'results');
let open: Open;
let run: string; // its address below /api/runs/

beforeAll(async () => {
  put(outside, 'secret.svg', `<svg>${SECRET}</svg>`);
  put(outside, 'secret.json', JSON.stringify({ step: 1, secret: SECRET }));
  const kept = keepRun(results, { experiment: 'kept', beside: { 'metrics.jsonl': [{ step: 1, msre: 1 }] } });
  put(results, 'kept/curves.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>');
  symlinkSync(join(outside, 'secret.svg'), join(results, 'kept', 'link.svg'));
  symlinkSync(outside, join(results, 'kept', 'up'));
  symlinkSync(join(outside, 'secret.json'), join(kept.folder, 'timing.jsonl'));
  symlinkSync(outside, join(results, 'elsewhere'));
  mkdirSync(join(outside, 'abcdef0123', '0'), { recursive: true });
  run = `kept/${kept.record.setting}/0`;
  open = await openDashboard(results);
});

describe('nothing outside the results folder is served', () => {
  const climbs = ['..', '%2e%2e', '%2E%2e', '.%2e', '%252e%252e', '..%2f..', '..%5c..', '%c0%ae%c0%ae', '....', '..;'];
  const above = climbs.flatMap((up) => [
    `/files/${up}/secret.svg`,
    `/files/kept/${up}/${up}/secret.svg`,
    `/files/kept/x/${up}/${up}/${up}/secret.svg`,
    `/${up}/secret.svg`,
    `/api/experiments/${up}`,
    `/api/runs/${up}/abcdef0123/0`,
    `/plain/${up}`,
  ]);
  const absolute = ['', '%2f', '/', '%5c'].flatMap((slash) => [
    `/files/${slash}${outside}/secret.svg`,
    `/files/${slash}etc/passwd`,
    `/api/experiments/${slash}${encodeURIComponent(outside)}`,
  ]);
  const odd = [
    '/files/kept/curves.svg%00.svg',
    '/files/kept/%00',
    '/files/kept%00/curves.svg',
    '/files/%',
    '/files/C:%5csecret.svg',
  ];
  const links = [
    '/files/kept/link.svg',
    '/files/kept/up/secret.svg',
    '/files/elsewhere/secret.svg',
    '/api/experiments/elsewhere',
    '/api/runs/elsewhere/abcdef0123/0',
  ];

  it.each([...above, ...absolute, ...odd, ...links])('%s', async (path) => {
    const { text } = await raw(open.port, `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    expect(text).toMatch(/^HTTP\/1\.1 40[04] /);
    expect(text).not.toContain(SECRET);
    expect(text).not.toContain('root:');
  });

  it('nor what a file of a run points to', async () => {
    expect((await open.ask(`/api/runs/${run}/timing`)).status).toBe(404);
    expect((await open.ask(`/api/runs/${run}/timing.csv`)).status).toBe(404);
    expect((await open.ask('/api/experiments')).text).not.toContain('elsewhere');
    expect((await open.ask('/api/experiments/kept/pictures')).text).not.toMatch(/link|secret/);
  });

  it('but what is inside', async () => {
    expect((await open.ask('/files/kept/curves.svg')).status).toBe(200);
    expect((await open.ask(`/api/runs/${run}/metrics`)).status).toBe(200);
    expect((await open.ask('/files/kept/%63urves.svg')).status).toBe(200);
  });

  it('and only files of kinds that are pictures and tables', async () => {
    put(results, 'kept/notes.txt', SECRET);
    put(results, 'kept/.hidden.svg', SECRET);
    for (const name of ['notes.txt', '.hidden.svg', `${run.slice(5)}/checkpoint`, run.slice(5)])
      expect((await open.ask(`/files/kept/${name}`)).status, name).toBe(404);
  });
});
