/** Requests in forms that two readers may understand in two ways, and clients who are slow, silent or greedy. */
import { connect } from 'node:net';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openDashboard, type Open, raw } from '../support/dashboards.ts';
import { keepRun } from '../support/kept-runs.ts';
import { put, tempFolder } from '../support/temp.ts';

const results = tempFolder();
let open: Open;
let run: string;

beforeAll(async () => {
  run = `kept/${keepRun(results).record.setting}/0`;
  put(join(results, run), 'metrics.jsonl', `{"step":1,"msre":1,"pad":"${'x'.repeat(60_000)}"}\n`.repeat(2000));
  open = await openDashboard(results);
});

const GET = 'GET /api/session HTTP/1.1\r\n';
const HOST = 'Host: localhost\r\n';
const CLOSE = 'Connection: close\r\n';
const answers = async (bytes: string, milliseconds?: number) => {
  const { text, isClosed } = await raw(open.port, bytes, milliseconds);
  return { codes: [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, code]) => Number(code)), text, isClosed };
};

describe('a request that can be read in two ways', () => {
  const forms: [what: string, bytes: string][] = [
    ['two hosts, ours first', `${GET}${HOST}Host: evil.example\r\n${CLOSE}\r\n`],
    ['a host and an address of another', `GET http://evil.example/api/session HTTP/1.1\r\n${HOST}${CLOSE}\r\n`],
    ['an address with a host of ours', `GET http://localhost/api/session HTTP/1.1\r\n${HOST}${CLOSE}\r\n`],
    ['an address that begins with two slashes', `GET //evil.example/api/session HTTP/1.1\r\n${HOST}${CLOSE}\r\n`],
    [
      'a length and chunks',
      `${GET}${HOST}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${GET}${HOST}\r\n`,
    ],
    ['two lengths', `${GET}${HOST}Content-Length: 0\r\nContent-Length: 40\r\n\r\n`],
    ['chunks in other words', `${GET}${HOST}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`],
    ['a space before the colon', `${GET}Host : localhost\r\n${CLOSE}\r\n`],
    ['a folded line', `${GET}${HOST}X: a\r\n b: c\r\n\r\n`.replace('X: a\r\n b', 'X\r\n b')],
    ['a bare line feed in a header', `${GET}${HOST}X: a\nHost: evil.example\r\n${CLOSE}\r\n`],
    ['a zero byte', `${GET}${HOST}X: \0\r\n${CLOSE}\r\n`],
    ['no host, in the old way', `GET /api/session HTTP/1.0\r\n\r\n`],
  ];
  it.each(forms)('is refused: %s', async (_, bytes) => {
    const { codes, text, isClosed } = await answers(bytes);
    expect(text).not.toContain('csrf');
    expect(codes.every((code) => code >= 400 && code < 500)).toBe(true);
    expect(isClosed).toBe(true);
  });

  it('a plain one is not, nor one with a body that nobody asked for', async () => {
    expect((await answers(`${GET}${HOST}${CLOSE}\r\n`)).codes).toEqual([200]);
    expect((await answers(`${GET}${HOST}${CLOSE}Content-Length: 4\r\n\r\nbody`)).codes).toEqual([200]);
  });

  it('one within the body of another is no request', async () => {
    const inner = `${GET}${HOST}${CLOSE}\r\n`;
    const outer = `POST /api/session HTTP/1.1\r\n${HOST}Content-Length: ${inner.length}\r\n\r\n${inner}`;
    const { codes, text } = await answers(outer);
    expect(codes).toEqual([403]);
    expect(text).not.toContain('"csrf"');
  });

  it('nobody changes to another protocol', async () => {
    const upgrade =
      'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13\r\n';
    expect((await answers(`${GET}${HOST}${upgrade}\r\n`, 300)).codes).not.toContain(101);
    expect(
      (await answers(`${GET}${HOST}Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n\r\n`)).codes,
    ).not.toContain(101);
    expect((await answers('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')).isClosed).toBe(true);
  });
});

describe('a client who', () => {
  const csrf = async () => (await open.json<{ csrf: string }>('/api/session')).csrf;
  const control = (more: string) => `POST /api/runs/${run}/control HTTP/1.1\r\n${HOST}${more}`;

  it('sends a body that is too long is refused before it is read', async () => {
    const head = `x-csrf-token: ${await csrf()}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`;
    const { codes, text } = await answers(control(`${head}${`1000\r\n${' '.repeat(4096)}\r\n`.repeat(3)}`));
    expect(codes).toEqual([422]);
    expect(text).toContain('longer than');
  });

  it('asks many things at once on one connection gets nothing; one after the other all are answered', async () => {
    const { codes } = await answers(`${`${GET}${HOST}\r\n`.repeat(200)}`);
    expect(codes.length).toBeLessThan(3);
    const socket = connect(open.port, '127.0.0.1');
    let text = '';
    socket.on('data', (data) => (text += data.toString()));
    for (let i = 1; i <= 5; i++) {
      socket.write(`${GET}${HOST}\r\n`);
      await until(() => text.split('"csrf"').length > i);
    }
    expect(text.split('HTTP/1.1 200').length - 1).toBe(5);
    socket.destroy();
  });

  it('takes nothing of what it asked for costs no memory', async () => {
    const before = process.memoryUsage().rss;
    const sockets = Array.from({ length: 10 }, () => connect(open.port, '127.0.0.1').pause());
    for (const socket of sockets)
      socket.on('error', () => undefined).write(`GET /api/runs/${run}/metrics.csv HTTP/1.1\r\n${HOST}\r\n`);
    await new Promise((done) => setTimeout(done, 1000));
    expect(process.memoryUsage().rss - before).toBeLessThan(100e6); // 1.2 GB were asked for
    for (const socket of sockets) socket.destroy();
    expect((await open.ask('/api/session')).status).toBe(200);
  });
});

async function until(ready: () => boolean, patience = 10_000): Promise<void> {
  for (const end = performance.now() + patience; !ready() && performance.now() < end;)
    await new Promise((done) => setTimeout(done, 10));
}
