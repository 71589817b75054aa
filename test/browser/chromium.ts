/** A page in a real Chromium, under a strict Content-Security-Policy, served from a folder; it reports by POST. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';

export const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  'report-uri /csp',
].join('; ');

const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' };

/** null: there is none on this machine. */
export function findChromium(): string | null {
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    try {
      return execFileSync('which', [name], { encoding: 'utf8' }).trim();
    } catch {
      continue;
    }
  }
  return null;
}

export interface Visit {
  readonly report: unknown;
  readonly breaches: readonly string[]; // of the policy
  readonly asked: readonly string[]; // paths
}

export async function visit(chromium: string, folder: string, page: string, patience: number): Promise<Visit> {
  const breaches: string[] = [];
  const asked: string[] = [];
  const profile = mkdtempSync(join(tmpdir(), 'chromium-'));
  let browser: ChildProcess | undefined;
  const server = createServer();
  try {
    const report = await new Promise<unknown>((resolve, reject) => {
      server.on('request', (request, response) => {
        let body = '';
        request.on('data', (part) => (body += String(part)));
        request.on('end', () => {
          const { pathname } = new URL(request.url!, 'http://localhost');
          asked.push(pathname);
          if (pathname === '/report') resolve(JSON.parse(body));
          if (pathname === '/csp') breaches.push(body);
          const file = join(folder, pathname);
          const isThere = request.method === 'GET' && existsSync(file) && extname(file) in TYPES;
          response.writeHead(isThere ? 200 : 204, {
            'content-type': TYPES[extname(file)] ?? 'text/plain',
            'content-security-policy': POLICY,
          });
          response.end(isThere ? readFileSync(file) : undefined);
        });
      });
      setTimeout(
        () => reject(new Error(`no report within ${patience} ms; asked: ${asked.slice(-5).join(' ')}`)),
        patience,
      ).unref();
      server.listen(0, '127.0.0.1', () => {
        const { port } = server.address() as AddressInfo;
        const flags = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run'];
        const url = `http://127.0.0.1:${port}/${page}`;
        browser = spawn(chromium, [...flags, `--user-data-dir=${profile}`, url], { stdio: 'ignore', detached: true });
        browser.on('error', reject);
      });
    });
    return { report, breaches, asked };
  } finally {
    if (browser?.pid !== undefined) process.kill(-browser.pid, 'SIGKILL'); // with the processes that it made
    server.closeAllConnections();
    server.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}
