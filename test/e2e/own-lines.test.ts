/**
 * A visitor's own lines, written by somebody who means harm, in Chromium: on a site that sends no headers of its own, where
 * the policy of the page holds for no worker, they reach neither the network nor anything of the browser.
 */
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, PLAYGROUND, until, visitors } from '../support/pages.ts';

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html',
  js: 'text/javascript',
  css: 'text/css',
  svg: 'image/svg+xml',
};

describe.skipIf(!hasChromium)('own lines that mean harm', { timeout: 240_000 }, () => {
  const browser = visitors();
  const servers: Server[] = [];
  const asked: string[] = []; // of a server elsewhere
  let [site, elsewhere] = ['', ''];
  let page: Page;

  const open = async (listener: RequestListener): Promise<string> => {
    const server = createServer(listener);
    servers.push(server);
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  const begin = async (code: string): Promise<void> => {
    const setting = encodeURIComponent(JSON.stringify({ env: { id: 'own', code }, seed: 0 }));
    await page.goto('about:blank');
    await page.goto(`${site}/index.html#${setting}`);
    await page.getByRole('button', { name: 'Begin' }).click();
  };
  const said = async (words: string | RegExp): Promise<string> => {
    const alert = page.getByRole('alert').filter({ hasText: words });
    await alert.waitFor();
    return alert.innerText();
  };

  beforeAll(async () => {
    elsewhere = await open((request, response) => {
      asked.push(request.url!);
      response
        .writeHead(200, { 'access-control-allow-origin': '*', 'content-type': 'text/javascript' })
        .end('export {}');
    });
    site = await open((request, response) => {
      const path = new URL(request.url!, 'http://x').pathname.slice(1);
      try {
        const bytes = readFileSync(new URL(path, PLAYGROUND));
        response
          .writeHead(200, { 'content-type': TYPES[path.split('.').at(-1)!] ?? 'application/octet-stream' })
          .end(bytes);
      } catch {
        response.writeHead(404).end();
      }
    });
    page = (await browser.visit(`${site}/index.html`)).page;
  });
  afterAll(() => servers.forEach((server) => (server.closeAllConnections(), server.close())));

  const FINE = 'function next() { return { see: [1], reward: 1 }; }';
  /** Each of these is tried; what lets itself be tried is told. */
  const WAYS: readonly string[] = [
    "(0, eval)('im' + 'port(URL)')",
    "Function('return im' + 'port(URL)')()",
    "(() => {}).constructor('return im' + 'port(URL)')()",
    "(async () => {}).constructor('return im' + 'port(URL)')()",
    "(function* () {}).constructor('im' + 'port(URL)')().next()",
    "Reflect.getPrototypeOf(class {}).constructor('return im' + 'port(URL)')()",
    "agentState.post.constructor('return im' + 'port(URL)')()",
    "Object.getOwnPropertyDescriptor(Function.prototype, 'constructor').value('return 1')()",
    'fetch(URL)',
    'self.fetch(URL)',
    "Reflect.get(Object.getPrototypeOf(self), 'fetch').call(self, URL)",
    'importScripts(URL)',
    'new XMLHttpRequest().open("GET", URL)',
    'new WebSocket(URL.replace("http", "ws"))',
    'new EventSource(URL)',
    'new WebTransport(URL)',
    'new RTCPeerConnection()',
    'new Worker(URL)',
    'new SharedWorker(URL)',
    'new Image().src = URL',
    'new FontFace("x", `url(${URL})`).load()',
    'new Request(URL)',
    'navigator.sendBeacon(URL)',
    'new BroadcastChannel("x").postMessage(1)',
    'new MessageChannel()',
    'indexedDB.open("x")',
    'caches.open("x")',
    'new SharedArrayBuffer(8)',
    'new WebAssembly.Memory({ initial: 1 })',
    'new OffscreenCanvas(9, 9)',
    'setTimeout("x", 0)',
    'location.href',
    'crypto.randomUUID()',
    'postMessage(1)',
    'close()',
  ];

  it('find none of the ways out', async () => {
    const tries = WAYS.map((way) => way.replace('port(URL)', `port("${elsewhere}/x.js")`)).map(
      (way) => `try { ${way}; through.push(${JSON.stringify(way)}); } catch {}`,
    );
    await begin(
      `const through = [], URL = '${elsewhere}/x.js';\n${tries.join('\n')}\nthrow new Error('through: ' + through.join());`,
    );
    expect((await said('through:')).replace(/^.*through:/s, '').trim()).toBe('');
    await new Promise((done) => setTimeout(done, 500));
    expect(asked).toEqual([]);
  });

  it('may not say import, in whatever form', async () => {
    for (const code of [
      `import('${elsewhere}/x.js');`,
      `const a = 1;\nimport /**/ ('${elsewhere}/x.js');`,
      `import.meta;`,
    ]) {
      await begin(`${code}\n${FINE}`);
      expect(await said('Your own lines failed')).toMatch(/line [12]: import is not possible here/);
    }
    await begin(`im\\u0070ort('${elsewhere}/x.js');\n${FINE}`);
    await said('Your own lines failed');
    expect(asked).toEqual([]);
  });

  it('such a request would have been seen', async () => {
    const { page: other } = await browser.visit(elsewhere);
    await other.evaluate(`import('${elsewhere}/x.js')`);
    expect(asked).toContain('/x.js');
    await begin(FINE);
    const steps = page.locator('dt:text-is("steps") + dd');
    await until(
      'lines that mean no harm run',
      async () => Number((await steps.innerText()).replaceAll(/\D/g, '')) > 100,
    );
  });

  it('that never stop, or send without being asked, are ended', async () => {
    await begin('for (;;);');
    await said('they did not begin within 2 s');
    await begin(
      `${FINE}\nagentState.post({ begun: true });\nfor (;;) agentState.post({ see: new Float64Array(9e5), reward: new Float64Array(9e5), end: new Uint8Array(9e5) });`,
    );
    await said('more than they were asked for');
    await begin(`throw new Error('x'.repeat(1e7));`);
    expect((await said('xxx')).length).toBeLessThan(400);
    await begin(FINE);
    await page.getByText('steps per second').waitFor();
  });
});
