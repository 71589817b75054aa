/** What nobody may get, or do, at the dashboard's port; beside each refusal what must pass. */
import { mkdirSync, symlinkSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { peerUser } from '../../src/dashboard/peer-user.ts';
import { LIMITS } from '../../src/dashboard/server.ts';
import { openDashboard, type Open, raw } from '../support/dashboards.ts';
import { keepRun } from '../support/kept-runs.ts';
import { put, tempFolder } from '../support/temp.ts';

const SECRET = 'not for anybody';
const EVIL = '<script>alert(1)</script>"\'&';
const outside = tempFolder();
const results = join(outside, 'results');
let open: Open;
let run: string; // its address below /api/runs/

beforeAll(async () => {
  put(outside, 'secret.svg', `<svg>${SECRET}</svg>`);
  put(outside, 'secret.json', JSON.stringify({ step: 1, secret: SECRET }));
  const kept = keepRun(results, {
    experiment: 'kept',
    reason: EVIL,
    beside: { 'metrics.jsonl': [{ step: 1, msre: 1 }] },
  });
  const line = { level: 30, time: 0, event: 'env.warning', msg: EVIL, [EVIL]: EVIL };
  put(kept.folder, 'log.ndjson', `${JSON.stringify(line)}\n${EVIL}\n`);
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

describe('pages elsewhere cannot ask', () => {
  const host = (): string => `127.0.0.1:${open.port}`;
  const status = async (headers: Record<string, string>, path = '/api/session') =>
    (await open.ask(path, { headers })).status;

  it.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.nip.io',
    '10.0.0.1',
    'user@localhost',
    'localhost:80:80',
    '0.0.0.0',
  ])('by a name of their own (DNS rebinding): %s', async (name) => {
    expect(await status({ host: name })).toBeGreaterThanOrEqual(400);
    expect(await status({ host: name }, '/')).toBeGreaterThanOrEqual(400);
  });

  it('but this machine, through a tunnel too', async () => {
    for (const name of ['localhost', 'localhost:9999', '127.0.0.1', '[::1]:80', 'LOCALHOST', host()])
      expect(await status({ host: name }), name).toBe(200);
  });

  it('nor without a name, or with two', async () => {
    const ask = (lines: string) => raw(open.port, `GET /api/session HTTP/1.1\r\n${lines}Connection: close\r\n\r\n`);
    for (const lines of ['', 'Host:\r\n', 'Host: evil.example\r\nHost: localhost\r\n'])
      expect((await ask(lines)).text, lines).toMatch(/^HTTP\/1\.1 40[03] /);
    expect((await ask('Host: localhost\r\n')).text).toMatch(/^HTTP\/1\.1 200 /);
  });

  it('from an origin of their own', async () => {
    for (const origin of ['http://evil.example', 'null', `http://localhost:1`, `https://evil.example/${host()}`]) {
      expect(await status({ origin }), origin).toBe(403);
      expect(await status({ origin }, '/'), origin).toBe(403);
    }
    expect(await status({ origin: `http://${host()}`, host: host() })).toBe(200);
  });

  it('from a script or an image, which say no origin', async () => {
    expect(await status({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' })).toBe(403);
    expect(await status({ 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'navigate' })).toBe(403);
    expect(
      await status({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }, '/files/kept/curves.svg'),
    ).toBe(403);
    expect(await status({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }, '/')).toBe(403);
    expect(await status({ 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'cors' })).toBe(200);
    expect(await status({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }, '/')).toBe(200); // a link
  });

  it('and a POST needs what only a page of ours can read', async () => {
    const path = '/api/session';
    const { csrf } = await open.json<{ csrf: string }>(path);
    const post = async (headers: Record<string, string>) => (await open.ask(path, { method: 'POST', headers })).status;
    expect(await post({})).toBe(403);
    expect(await post({ 'x-csrf-token': 'x'.repeat(csrf.length) })).toBe(403);
    expect(await post({ 'x-csrf-token': csrf, origin: 'http://evil.example' })).toBe(403);
    expect(await post({ 'x-csrf-token': csrf })).toBe(405); // let in, and there is nothing to post to
  });
});

describe('where other machines can come, a token is asked for', () => {
  let remote: Open;
  let token: string;
  beforeAll(async () => {
    remote = await openDashboard(results, { host: '0.0.0.0' });
    token = remote.token!;
  });
  const status = async (headers: Record<string, string>, path = '/api/session') =>
    (await remote.ask(path, { headers })).status;

  it('which the address has that is printed, and no other', () => {
    expect(token).toMatch(/^[0-9a-f]{32}$/);
    expect(remote.url).toContain(`/?token=${token}`);
    expect(open.token).toBeNull();
  });

  it('without it nothing is told, not even what there is', async () => {
    for (const path of [
      '/',
      '/api/session',
      '/api/experiments',
      '/files/kept/curves.svg',
      '/plain',
      '/plain/kept',
      '/nothing',
    ])
      expect(await status({}, path), path).toBe(401);
    const wrong = ['', 'x', token.slice(1), `${token}0`, token.toUpperCase(), '\u00e9'.repeat(16)];
    for (const given of wrong) {
      expect(await status({ authorization: `Bearer ${encodeURIComponent(given)}` }), given).toBe(401);
      expect(await status({}, `/?token=${encodeURIComponent(given)}`), given).toBe(401);
    }
  });

  it('with it all is: once in the address, then as a cookie that no script reads', async () => {
    expect(await status({ authorization: `Bearer ${token}` })).toBe(200);
    const { headers, status: code } = await remote.ask(`/?token=${token}`);
    expect({ code, location: headers.location }).toEqual({ code: 303, location: '/' });
    const [cookie] = headers['set-cookie']!;
    expect(cookie).toMatch(/; HttpOnly; SameSite=Strict$/);
    expect(await status({ cookie: `other=1; ${cookie!.split(';')[0]}` })).toBe(200);
    expect(await status({ cookie: `${cookie!.split('=')[0]}=wrong` })).toBe(401);
  });

  it('and names of others are refused with it too', async () => {
    const authorization = `Bearer ${token}`;
    expect(await status({ authorization, host: 'evil.example' })).toBe(403);
    expect(await status({ host: 'evil.example' }, `/?token=${token}`)).toBe(403);
    expect(await status({ authorization, origin: 'http://evil.example' })).toBe(403);
    for (const host of ['192.0.2.7:80', hostname(), '[2001:db8::1]'])
      expect(await status({ authorization, host }), host).toBe(200);
  });

  it('on this machine where that is wanted', async () => {
    const careful = await openDashboard(results, { asksToken: true });
    expect((await careful.ask('/api/session')).status).toBe(401);
  });
});

describe('what comes from files is data', () => {
  it('in JSON, told as such', async () => {
    const { headers, text } = await open.ask(`/api/runs/${run}/log`);
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    const { lines } = JSON.parse(text) as { lines: { record: Record<string, unknown> | null; text: string | null }[] };
    expect(lines.map(({ record, text: words }) => record?.['msg'] ?? words)).toEqual([EVIL, EVIL]);
  });

  it('and text in the pages', async () => {
    const text =
      (await open.ask(`/plain/${run}?text=${encodeURIComponent(EVIL)}`)).text + (await open.ask('/plain/kept')).text;
    expect(text).not.toContain('<script');
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;');
  });

  it('with headers that let nothing run', async () => {
    for (const path of ['/', '/api/session', '/nothing', '/plain/kept']) {
      const { headers } = await open.ask(path);
      expect(headers['content-security-policy'], path).toMatch(
        /^default-src 'none'; script-src 'self';.*frame-ancestors 'none'/,
      );
      expect(headers['content-security-policy']).not.toContain('unsafe');
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      });
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
    const { headers } = await open.ask('/files/kept/curves.svg'); // from the results: whoever wrote it
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox;/,
    );
  });

  it('a line of a hundred megabytes is told by its beginning', async () => {
    const folder = join(results, run);
    const huge = `{"level":30,"msg":"${EVIL.replaceAll('"', '')}${'x'.repeat(100e6)}"}`;
    put(folder, 'log.ndjson', `{"level":30,"msg":"first"}\n${huge}\n{"level":40,"msg":"last"}\n`);
    type Page = { lines: { bytes: number; text: string | null }[]; next: number | null };
    const newest = await open.json<Page>(`/api/runs/${run}/log`);
    const rest = await open.json<Page>(`/api/runs/${run}/log?before=${newest.next}`);
    const lines = [...newest.lines, ...rest.lines];
    expect(rest.next).toBeNull();
    expect(lines.map(({ bytes, text }) => [bytes > 99e6, text?.length])).toEqual([
      [false, undefined],
      [true, 2048],
      [false, undefined],
    ]);
    const before = process.memoryUsage().rss;
    const found = await open.json<{ lines: unknown[] }>(`/api/runs/${run}/log?text=nowhere`);
    expect(found.lines).toEqual([]);
    expect(process.memoryUsage().rss - before).toBeLessThan(50e6);
    expect((await open.ask(`/plain/${run}`)).text.length).toBeLessThan(50_000);
  });
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

  it('of who is at the other end of a connection: processes of other users of this machine', () => {
    const line = (local: string, remote: string, user: number) =>
      `  1: ${local} ${remote} 01 00000000:00000000 00:00000000 00000000  ${user}  0 1 1 0 20 4 30 10 -1`;
    const [ends, other] = [{ remotePort: 0xabcd, localPort: 0x1e25 }, '0100007F:ABCE'];
    const table = ['  sl  local_address', line('0100007F:1E25', '0100007F:ABCD', 7), line(other, '0100007F:1E25', 8)];
    expect(peerUser(ends, [[...table, line('0100007F:ABCD', '0100007F:1E25', 1001)].join('\n')])).toBe(1001);
    expect(peerUser(ends, [table.join('\n')])).toBeNull();
    expect(peerUser(ends, [line('0100000A:ABCD', '0100007F:1E25', 9)])).toBeNull(); // not of this machine
    const six = (word: string) => line(`${word}:ABCD`, `${word}:1E25`, 1002);
    expect(peerUser(ends, ['', six('00000000000000000000000001000000')])).toBe(1002);
    expect(peerUser(ends, ['', six('0000000000000000FFFF00000100007F')])).toBe(1002);
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
