/** What one client can make the server hold, or wait for, is bounded. */
import { connect, type Socket } from 'node:net';
import { beforeAll, describe, expect, it } from 'vitest';
import { LIMITS } from '../../src/dashboard/server.ts';
import { openDashboard, type Open, raw } from '../support/dashboards.ts';
import { keepRun } from '../support/kept-runs.ts';
import { put, tempFolder } from '../support/temp.ts';

const results = tempFolder();
let open: Open;
let run: string; // its address below /api/runs/

beforeAll(async () => {
  run = `kept/${keepRun(results).record.setting}/0`;
  open = await openDashboard(results);
});

describe('limits', () => {
  const head = 'GET /api/session HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n';
  const ok = async (): Promise<void> => expect((await open.ask('/api/session')).status).toBe(200);

  it('only GET, HEAD and POST are known', async () => {
    for (const method of ['PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE'])
      expect((await open.ask('/api/session', { method })).status, method).toBe(405);
    expect(await open.ask('/api/session', { method: 'HEAD' })).toMatchObject({ status: 200, text: '' });
    expect((await raw(open.port, 'CONNECT evil.example:80 HTTP/1.1\r\nHost: localhost\r\n\r\n')).text).toBe('');
  });

  it('of addresses and heads', async () => {
    expect((await open.ask(`/${'a'.repeat(LIMITS.address)}`)).status).toBe(414);
    expect((await raw(open.port, `${head}X: ${'a'.repeat(LIMITS.head)}\r\n\r\n`)).text).not.toContain('csrf');
    expect((await raw(open.port, `${head}X: ${'a'.repeat(100)}\r\n\r\n`)).text).toContain('csrf');
    expect((await raw(open.port, 'no http at all\r\n\r\n')).isClosed).toBe(true);
    await ok();
  });

  it('a head that never ends is waited for no longer than said', async () => {
    const began = performance.now();
    const { text, isClosed } = await raw(open.port, 'GET / HTTP/1.1\r\nHost: local', LIMITS.headTime + 5000);
    expect({ isClosed, isSoon: performance.now() - began < LIMITS.headTime + 4000 }).toEqual({
      isClosed: true,
      isSoon: true,
    });
    expect(text).not.toContain('200 OK');
  });

  it('two hundred connections at once: some are refused, those that are not are answered', async () => {
    const sockets: Socket[] = [];
    const heard = new Map<Socket, string>();
    let closed = 0;
    for (let i = 0; i < 200; i++) {
      const socket = connect(open.port, '127.0.0.1');
      socket.on('error', () => undefined).on('close', () => closed++);
      socket.on('data', (data) => heard.set(socket, data.toString())); // one that is not read never hears its end
      sockets.push(socket);
    }
    await until(() => closed >= 200 - LIMITS.connections);
    const left = sockets.filter((socket) => !socket.destroyed);
    expect(left.length).toBe(LIMITS.connections);
    for (const socket of left) socket.write(`${head}\r\n`);
    await until(() => heard.size >= LIMITS.connections);
    expect([...heard.values()].every((text) => text.startsWith('HTTP/1.1 200'))).toBe(true);
    expect(heard.size).toBe(LIMITS.connections);
    for (const socket of sockets) socket.destroy();
    await until(() => closed === 200);
    await ok();
  });

  it('what goes wrong on our side tells no stack', async () => {
    put(results, 'broken/sweeps/0123456789.json', '{');
    const { text, status } = await open.ask('/api/experiments/broken/plans/0123456789');
    expect(status).toBe(404);
    expect(text).not.toMatch(/\bat .*:\d+/);
    expect((await open.ask(`/api/runs/${run}/log?level=nonsense`)).status).toBe(422);
    expect(open.problems).toEqual([]);
  });
});

async function until(ready: () => boolean): Promise<void> {
  for (const end = performance.now() + 10_000; !ready() && performance.now() < end;)
    await new Promise((done) => setTimeout(done, 10));
}
