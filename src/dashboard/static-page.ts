/** The built page: a list of its files, made once; an address is looked up there and nowhere else. */
import { createReadStream, existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sendStream } from './reply.ts';
import type { Route } from './routes.ts';

/** Where the build leaves it: dist/page, beside dist/src. */
export const PAGE = new URL('../../page/', import.meta.url);

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.json': 'application/json; charset=utf-8',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

/** None where it was not built. What lies in assets/ has a hash of its content in its name (vite). */
export async function pageRoutes(folder: URL = PAGE): Promise<Route[]> {
  const root = fileURLToPath(folder);
  if (!existsSync(join(root, 'index.html'))) return [];
  const paths = await readdir(root, { recursive: true });
  const routes: Route[] = [];
  for (const path of paths) {
    const type = TYPES[extname(path)];
    const { size, isFile } = await sizeOf(join(root, path));
    if (!isFile || type === undefined) continue;
    const address = path === 'index.html' ? '/' : `/${path.split(sep).join('/')}`;
    const body = { type, bytes: size, isFixed: address.startsWith('/assets/') };
    const handler: Route['handler'] = ({ response }) =>
      sendStream(response, body, () => createReadStream(join(root, path)));
    routes.push({ method: 'GET', pattern: address, handler });
  }
  return routes;
}

async function sizeOf(path: string): Promise<{ size: number; isFile: boolean }> {
  const known = await stat(path);
  return { size: known.size, isFile: known.isFile() };
}
