/**
 * Who may talk to the dashboard, decided from the head of a request alone. A page elsewhere that a browser has open is
 * the enemy: it may point a name of its own at this address (DNS rebinding, seen in Host), or send requests from its own
 * origin (seen in Origin and Sec-Fetch-Site). Whoever can reach the port is another, unless it is on loopback: the token.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { hostname } from 'node:os';
import { isIP } from 'node:net';
import type { IncomingHttpHeaders } from 'node:http';

export interface Refusal {
  readonly status: 400 | 401 | 403;
  readonly error: string;
}

export interface Access {
  readonly csrf: string;
  readonly token: string | null; // null: none is asked for
  /** null: it may pass. */
  check(request: Asked): Refusal | null;
  /** The right token in the address, which a cookie then stands for. */
  isToken(given: string): boolean;
  /** The secret of this server, which forms bring. */
  isCsrf(given: string): boolean;
  cookie(): string;
}

interface Asked {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly isPage: boolean; // a person may come here from anywhere: by a link
  readonly isForm?: boolean; // it brings the secret in its body, where its handler looks
}

export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

export function createAccess(host: string, asksToken = !isLoopback(host)): Access {
  const csrf = randomBytes(16).toString('hex');
  const token = asksToken ? randomBytes(16).toString('hex') : null;
  const name = `agent-state-${randomBytes(4).toString('hex')}`; // of the cookie: cookies know no ports
  const isHost = isLoopback(host) ? isLoopback : isHostOf(host);
  const isToken = (given: string): boolean => token !== null && isSame(given, token);
  return {
    csrf,
    token,
    isToken,
    isCsrf: (given) => isSame(given, csrf),
    cookie: () => `${name}=${token}; Path=/; HttpOnly; SameSite=Strict`,
    check({ method, headers, isPage, isForm = false }) {
      const named = hostOf(headers.host);
      if (named === null) return { status: 400, error: 'no host is named' };
      if (!isHost(named))
        return { status: 403, error: `this server does not answer to the name ${named.slice(0, 100)}` };
      if (!isOwnOrigin(headers, isPage)) return { status: 403, error: 'pages of another origin may not ask here' };
      if (
        token !== null &&
        ![bearer(headers), cookieOf(headers, name)].some((given) => given !== null && isToken(given))
      )
        return { status: 401, error: 'open the address with the token that the server printed' };
      const isRead = method === 'GET' || method === 'HEAD';
      if (!isRead && !isForm && !isSame(String(headers['x-csrf-token'] ?? ''), csrf))
        return { status: 403, error: 'a POST needs the header x-csrf-token of /api/session' };
      return null;
    },
  };
}

/** In constant time, whatever their lengths. */
function isSame(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/** No name can be pointed here by somebody else but one of these; an address is not a name. */
const isHostOf =
  (host: string) =>
  (named: string): boolean =>
    isIP(named) !== 0 || [host, 'localhost', hostname()].some((known) => known.toLowerCase() === named);

/** Without the port, which a tunnel may have changed. */
function hostOf(header: string | undefined): string | null {
  const found = /^(?:\[([0-9a-f:.]+)\]|([^\s:/@\\[\]]+))(?::\d{1,5})?$/i.exec(header ?? '');
  return (found?.[1] ?? found?.[2] ?? null)?.toLowerCase() ?? null;
}

function isOwnOrigin(
  { origin, host, 'sec-fetch-site': site, 'sec-fetch-mode': mode }: IncomingHttpHeaders,
  isPage: boolean,
) {
  if (origin !== undefined) return origin === `http://${host}` || origin === `https://${host}`;
  if (site === undefined || site === 'same-origin' || site === 'none') return true;
  return isPage && mode === 'navigate';
}

function bearer({ authorization }: IncomingHttpHeaders): string | null {
  return /^Bearer ([\w-]{1,200})$/.exec(authorization ?? '')?.[1] ?? null;
}

function cookieOf({ cookie }: IncomingHttpHeaders, name: string): string | null {
  const pairs = (cookie ?? '').split(';').map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) ?? null;
}
