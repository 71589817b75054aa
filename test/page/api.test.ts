/** What the page sends to its server, which may have been started anew since the page was opened. */
import { afterEach, expect, it, vi } from 'vitest';
import { postJson } from '../../src/page/api.ts';

const server = { secret: 'first', done: 0, refuses: false };

vi.stubGlobal('fetch', (path: string, init?: RequestInit) => {
  if (path === '/api/session') return Promise.resolve(Response.json({ csrf: server.secret }));
  const isOurs = new Headers(init?.headers).get('x-csrf-token') === server.secret;
  if (!isOurs || server.refuses) return Promise.resolve(Response.json({ error: 'not from here' }, { status: 403 }));
  return Promise.resolve(Response.json({ done: ++server.done }));
});
afterEach(() => Object.assign(server, { done: 0, refuses: false }));

it('a command reaches a server that was started anew, once', async () => {
  expect(await postJson('/act', {})).toEqual({ done: 1 });
  server.secret = 'second';
  expect(await postJson('/act', {})).toEqual({ done: 2 });
});

it('a command that is refused all the same says so', async () => {
  server.refuses = true;
  await expect(postJson('/act', {})).rejects.toThrow('not from here');
  expect(server.done).toBe(0);
});
