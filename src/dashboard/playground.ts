/** The playground on a port of this machine: the files that were built, and nothing else. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UserError } from '../user-error.ts';
import { createAccess } from './access.ts';
import { guardHeaders, sendError } from './reply.ts';
import { addressOf, find } from './routes.ts';
import { LIMITS, listen } from './server.ts';
import { pageRoutes } from './static-page.ts';

/** Where the build leaves it: dist/playground, beside dist/src. */
const BUILT = new URL('../../playground/', import.meta.url);

/** What a learner in a page needs beyond what the dashboard's may do: WebAssembly, workers, one of them of a Blob. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self' blob:",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export interface Playground {
  readonly url: string;
  close(): Promise<void>;
}

export async function servePlayground({ port = 0, folder = BUILT } = {}): Promise<Playground> {
  const routes = await pageRoutes(folder);
  if (routes.length === 0) throw new UserError('Cannot serve the playground: it was not built; npm run build makes it');
  const host = '127.0.0.1';
  const access = createAccess(host);
  const server = createServer({ maxHeaderSize: LIMITS.head, headersTimeout: LIMITS.headTime }, (request, response) => {
    guardHeaders(response);
    response.setHeader('content-security-policy', POLICY);
    const { method = '', url = '', headers } = request;
    const refusal = access.check({ method, headers, isPage: true });
    if (refusal !== null) return sendError(response, refusal.status, refusal.error);
    const address = addressOf(url);
    const found = address && find(routes, method, address);
    if (!found || found === 'method') return sendError(response, 404, 'there is nothing here');
    const { route, names, rest } = found;
    Promise.resolve(route.handler({ request, response, names, rest, query: address.query })).catch(() =>
      response.destroy(),
    );
  });
  server.maxConnections = LIMITS.connections;
  server.timeout = LIMITS.silence;
  server.on('clientError', (_error, socket) => socket.destroy());
  await listen(server, { host, port, what: 'playground' });
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}/`,
    close() {
      const closed = new Promise<void>((done) => server.close(() => done()));
      server.closeAllConnections();
      return closed;
    },
  };
}
