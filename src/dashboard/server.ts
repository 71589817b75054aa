/**
 * The dashboard's server: node:http, one results folder, limits on whatever a client can make it hold. Who may ask is
 * decided in access.ts, what there is to ask for in protocol.ts.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { systemReason } from '../results/system-reason.ts';
import { isExpected, UserError } from '../user-error.ts';
import { type Access, createAccess, isLoopback } from './access.ts';
import { openInside } from './inside.ts';
import { isSameUser } from './peer-user.ts';
import { guardHeaders, isGone, redirect, sendError } from './reply.ts';
import { addressOf, find, type Address, type Route } from './routes.ts';
import { tame } from './sound.ts';
import { allRoutes } from './all-routes.ts';

export interface DashboardOptions {
  readonly results: string;
  readonly host?: string; // default 127.0.0.1
  readonly port?: number; // 0: any that is free
  readonly asksToken?: boolean; // on loopback too
  readonly page?: URL; // folder of the built page
  readonly onProblem?: (line: string) => void; // what went wrong on our side
}

export interface Dashboard {
  readonly url: string; // with the token, where one is asked for
  readonly token: string | null;
  close(): Promise<void>;
}

export const LIMITS = {
  connections: 100,
  head: 8192, // bytes of a request line and its headers
  address: 2048, // characters
  headTime: 5000, // milliseconds until a head has come
  time: 10_000, // until all of a request has
  silence: 60_000, // of a connection that takes or sends nothing
} as const;

export async function createDashboard(options: DashboardOptions): Promise<Dashboard> {
  const { results, host = '127.0.0.1', port = 0, onProblem = () => undefined } = options;
  const access = createAccess(host, options.asksToken);
  const inside = openInside(results);
  const { routes, close } = await allRoutes({ inside, access, results, page: options.page });
  const isOurs = isLoopback(host) ? oncePerConnection(isSameUser) : () => Promise.resolve(true);
  const server = createServer(
    {
      maxHeaderSize: LIMITS.head,
      headersTimeout: LIMITS.headTime,
      requestTimeout: LIMITS.time,
      keepAliveTimeout: 5000,
      connectionsCheckingInterval: 1000,
    },
    (request, response) => void answer(request, response, { routes, access, onProblem, isOurs }),
  );
  server.on('connection', (socket) => void turnAway(socket, isOurs));
  server.maxConnections = LIMITS.connections;
  server.timeout = LIMITS.silence;
  server.on('clientError', (_error, socket) => socket.destroy());
  await listen(server, { host, port, what: 'dashboard' });
  const address = server.address() as AddressInfo;
  const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  const named = shown.includes(':') ? `[${shown}]` : shown;
  const secret = access.token === null ? '' : `?token=${access.token}`;
  return {
    url: `http://${named}:${address.port}/${secret}`,
    token: access.token,
    close() {
      close();
      const closed = new Promise<void>((done) => server.close(() => done()));
      server.closeAllConnections();
      return closed;
    },
  };
}

interface Context {
  readonly routes: readonly Route[];
  readonly access: Access;
  readonly onProblem: (line: string) => void;
  readonly isOurs: (socket: Socket) => Promise<boolean>;
}

function oncePerConnection(ask: (socket: Socket) => Promise<boolean>): (socket: Socket) => Promise<boolean> {
  const known = new WeakMap<Socket, Promise<boolean>>();
  return (socket) => {
    const answer = known.get(socket) ?? ask(socket);
    known.set(socket, answer);
    return answer;
  };
}

/** At once: connections of others must not keep ours waiting. */
async function turnAway(socket: Socket, isOurs: Context['isOurs']): Promise<void> {
  if (await isOurs(socket)) return;
  const text = '{"error":"another user of this machine started this server"}';
  const head = `HTTP/1.1 403 Forbidden\r\nContent-Type: application/json\r\nContent-Length: ${text.length}\r\nConnection: close`;
  socket.end(`${head}\r\n\r\n${text}`, () => socket.destroy());
}

const busy = new WeakSet<Socket>();

async function answer(request: IncomingMessage, response: ServerResponse, context: Context): Promise<void> {
  const { socket } = request;
  if (busy.has(socket)) return void socket.destroy(); // many requests at once on one connection: no browser sends them
  busy.add(socket);
  response.on('close', () => busy.delete(socket));
  guardHeaders(response);
  try {
    await dispatch(request, response, context);
  } catch (error) {
    if (isGone(error)) return;
    if (!isExpected(error)) context.onProblem(tame(`the dashboard failed at ${pathOf(request)}: ${String(error)}`));
    sendError(response, isExpected(error) ? 422 : 500, isExpected(error) ? error.message : 'something went wrong here');
  }
}

async function dispatch(request: IncomingMessage, response: ServerResponse, context: Context): Promise<void> {
  const { routes, access, isOurs } = context;
  const { method = '', url = '', headers } = request;
  if (!(await isOurs(request.socket))) return; // it is turned away
  if (method !== 'GET' && method !== 'HEAD' && method !== 'POST')
    return refuse(405, 'only GET, HEAD and POST are known');
  if (url.length > LIMITS.address) return refuse(414, 'the address is too long');
  const address = addressOf(url);
  if (address === null) return refuse(400, 'this is no address');
  const found = find(routes, method, address);
  const isRoute = found !== null && found !== 'method';
  const isPage = isRoute && method !== 'POST' && !PRIVATE.test(found.route.pattern);
  const isForm = isRoute && found.route.isForm === true;
  if (isPage && enters(request, response, address, access)) return;
  if (namesOf(request, 'host') > 1) return refuse(400, 'more than one host is named');
  const refusal = access.check({ method, headers, isPage, isForm });
  if (refusal !== null) return refuse(refusal.status, refusal.error);
  if (found === 'method') return refuse(405, 'not in this way');
  if (found === null) return refuse(404, 'there is nothing here');
  await found.route.handler({ request, response, names: found.names, rest: found.rest, query: address.query });

  function refuse(status: number, error: string): void {
    sendError(response, status, error);
  }
}

/** Without what is asked, which may hold the token. */
const pathOf = ({ url = '' }: IncomingMessage): string => url.split('?')[0]!;

const namesOf = ({ rawHeaders }: IncomingMessage, name: string): number =>
  rawHeaders.filter((word, i) => i % 2 === 0 && word.toLowerCase() === name).length;

/** What links from elsewhere must not lead to. */
const PRIVATE = /^\/(?:api|files)\//;

/** `/?token=...` becomes a cookie, and leaves the address. */
function enters(
  { headers, method }: IncomingMessage,
  response: ServerResponse,
  address: Address,
  access: Access,
): boolean {
  const given = address.query.get('token');
  if (given === null || !access.isToken(given)) return false;
  const withToken = { ...headers, authorization: `Bearer ${given}` };
  if (method !== 'GET' || access.check({ method, headers: withToken, isPage: true }) !== null) return false;
  redirect(response, `/${address.segments.map(encodeURIComponent).join('/')}`, { 'set-cookie': access.cookie() });
  return true;
}

interface Place {
  readonly host: string;
  readonly port: number;
  readonly what: string; // is opened there
}

export function listen(server: Server, { host, port, what }: Place): Promise<void> {
  return new Promise((done, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why = REASONS[error.code ?? ''] ?? systemReason(error);
      fail(new UserError(`Cannot open the ${what} at ${host}:${port}: ${why}`, { cause: error }));
    });
    server.listen(port, host, done);
  });
}

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'the port is taken; pass another --port, or 0 for any that is free',
  EADDRNOTAVAIL: 'this machine has no such address; pass another --host',
  ENOTFOUND: 'no machine has this name; pass another --host',
  EACCES: 'permission denied; pass a --port above 1023',
};
