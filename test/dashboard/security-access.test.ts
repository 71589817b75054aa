/** Pages elsewhere cannot ask, and where other machines can come a token is asked for; beside each refusal what must pass. */
import { hostname } from 'node:os';
import { beforeAll, describe, expect, it } from 'vitest';
import { openDashboard, type Open, raw } from '../support/dashboards.ts';
import { put, tempFolder } from '../support/temp.ts';

const results = tempFolder();
let open: Open;

beforeAll(async () => {
  put(results, 'kept/curves.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>');
  open = await openDashboard(results);
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
    'localhost.',
    '127.0.0.1.',
    '127.1',
    '2130706433',
    '0x7f.0.0.1',
    '0177.0.0.1',
    '[::ffff:127.0.0.1]',
    '[::]',
    '127.0.0.1:80@evil.example',
    'localhost#.evil.example',
    'localhost, evil.example',
    'l\u00f6calhost',
  ])('by a name of their own (DNS rebinding): %s', async (name) => {
    expect(await status({ host: name })).toBeGreaterThanOrEqual(400);
    expect(await status({ host: name }, '/')).toBeGreaterThanOrEqual(400);
  });

  it('but this machine, through a tunnel too', async () => {
    for (const name of [
      'localhost',
      'localhost:9999',
      '127.0.0.1',
      '[::1]:80',
      'LOCALHOST',
      '127.9.9.9',
      '[::1]',
      host(),
    ])
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

  it('it leaves the address at once, leads nowhere else, and no page hears of it', async () => {
    for (const path of ['/?token=', '/plain?x=1&token=', '/plain/kept?token=']) {
      const { headers, status: code, text } = await remote.ask(`${path}${token}`);
      expect({ code, text, location: headers.location }, path).toEqual({
        code: 303,
        text: '',
        location: path.split('?')[0],
      });
      expect(headers).toMatchObject({ 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' });
    }
    const astray = ['//evil.example/', '/%2f%2fevil.example', '/\\evil.example', '/plain/..%2f..', '/%0d%0aX:%20y'];
    for (const path of [...astray, '/api/session', '/files/kept/curves.svg', '/api/stream']) {
      const { status: code, headers } = await remote.ask(`${path}?token=${token}`);
      expect({ code, location: headers.location }, path).toEqual({ code: 401, location: undefined });
    }
    const away = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' };
    expect(await status(away, `/?token=${token}`)).not.toBe(303);
  });

  it('a cookie that somebody else has set opens nothing, and shuts nobody out', async () => {
    const [cookie] = (await remote.ask(`/?token=${token}`)).headers['set-cookie']!;
    const [name, value] = cookie!.split(';')[0]!.split('=');
    expect(name).toMatch(/^agent-state-[0-9a-f]{8}$/);
    for (const set of [`token=${token}`, `agent-state=${token}`, `agent-state-00000000=${token}`, `x${name}=${value}`])
      expect(await status({ cookie: set }), set).toBe(401);
    expect(await status({ cookie: `${name}=${value}` })).toBe(200);
    const other = await openDashboard(results, { host: '0.0.0.0' });
    expect((await other.ask('/api/session', { headers: { cookie: `${name}=${value}` } })).status).toBe(401);
  });

  it('on this machine where that is wanted', async () => {
    const careful = await openDashboard(results, { asksToken: true });
    expect((await careful.ask('/api/session')).status).toBe(401);
  });
});
