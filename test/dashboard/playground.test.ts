/** agent-state playground: what was built is served, to this machine, under a policy that lets a learner run. */
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { servePlayground } from '../../src/dashboard/playground.ts';
import { mistake } from '../support/cli.ts';
import { send } from '../support/dashboards.ts';
import { put, tempFolder } from '../support/temp.ts';

describe('the playground, served', () => {
  const whole = tempFolder();
  const built = join(whole, 'playground');
  put(built, 'index.html', '<!doctype html><title>playground</title>');
  put(built, 'assets/worker-1a2b.js', 'export {};');
  put(whole, 'beside.js', 'no');
  const served = servePlayground({ folder: pathToFileURL(`${built}/`) });
  afterAll(async () => (await served).close());
  const ask = async (path: string, asked = {}) => send(Number(new URL((await served).url).port), path, asked);

  it('as it was built, with WebAssembly and workers, and nothing from elsewhere', async () => {
    expect(await ask('/')).toMatchObject({ status: 200, text: '<!doctype html><title>playground</title>' });
    const { status, headers } = await ask('/assets/worker-1a2b.js');
    expect([status, headers['content-type']]).toEqual([200, 'text/javascript; charset=utf-8']);
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:;");
    expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|https?:|\*/);
  });

  it('to this machine alone, nothing beside it, in no other way', async () => {
    expect((await ask('/', { headers: { host: 'evil.example' } })).status).toBe(403);
    expect((await ask('/', { headers: { origin: 'http://evil.example' } })).status).toBe(403);
    expect((await ask('/', { method: 'POST' })).status).toBe(403);
    for (const path of ['/beside.js', '/../beside.js', '/assets/..%2f..%2fbeside.js', '/index.html', '/%'])
      expect((await ask(path)).status, path).toBe(404);
  });

  it('says in one line what stands in its way', async () => {
    await expect(servePlayground({ folder: pathToFileURL(`${whole}/`) })).rejects.toThrow('npm run build makes it');
    const { port } = new URL((await served).url);
    expect(await mistake(whole, 'playground', '--port', port)).toContain(
      `Cannot open the playground at 127.0.0.1:${port}`,
    );
    expect(await mistake(whole, 'playground', '--port', 'x')).toContain('Cannot use --port x');
  });
});
