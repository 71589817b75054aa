/** Clients of the dashboard who send slowly or not at all are left after the time that is said. */
import { connect } from 'node:net';
import { beforeAll, describe, expect, it } from 'vitest';
import { LIMITS } from '../../src/dashboard/server.ts';
import { openDashboard, type Open, raw } from '../support/dashboards.ts';
import { keepRun } from '../support/kept-runs.ts';
import { tempFolder } from '../support/temp.ts';

const results = tempFolder();
let open: Open;
let run: string;

beforeAll(async () => {
  run = `kept/${keepRun(results).record.setting}/0`;
  open = await openDashboard(results);
});

describe('a client who', () => {
  it('sends a body that never ends is left, and no complaint is made of it', { timeout: 20_000 }, async () => {
    const { csrf } = await open.json<{ csrf: string }>('/api/session');
    const line = `POST /api/runs/${run}/control HTTP/1.1\r\nHost: localhost\r\nx-csrf-token: ${csrf}\r\n`;
    const bytes = `${line}Content-Type: application/json\r\nContent-Length: 900\r\n\r\n{"a":`;
    const { text, isClosed } = await raw(open.port, bytes, LIMITS.time + 5000);
    expect(isClosed).toBe(true);
    expect(text).toMatch(/^$|^HTTP\/1\.1 4/);
    expect(open.problems).toEqual([]);
  });

  it('says nothing does not keep a place for long', { timeout: 20_000 }, async () => {
    let closed = 0;
    const silent = Array.from({ length: LIMITS.connections }, () => connect(open.port, '127.0.0.1'));
    for (const socket of silent)
      socket
        .on('error', () => undefined)
        .on('data', () => undefined)
        .on('close', () => closed++);
    await until(() => silent.every(({ connecting }) => !connecting));
    await expect(open.ask('/api/session')).rejects.toThrow(); // no place is left
    await until(() => closed === silent.length, LIMITS.headTime + 5000);
    expect((await open.ask('/api/session')).status).toBe(200);
  });
});

async function until(ready: () => boolean, patience = 10_000): Promise<void> {
  for (const end = performance.now() + patience; !ready() && performance.now() < end;)
    await new Promise((done) => setTimeout(done, 10));
}
