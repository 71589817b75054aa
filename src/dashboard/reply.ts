/** Answers, each with the headers that keep a browser from doing anything with them that was not meant. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';

const OWN = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** Of files that anybody may have written: a picture may bring its own styles, and nothing runs. */
const FOREIGN =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': OWN,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'x-dns-prefetch-control': 'off',
  'cache-control': 'no-store',
};

/** Before anything else is said. */
export function guardHeaders(response: ServerResponse): void {
  for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
}

export function sendJson(response: ServerResponse, value: unknown, status = 200): void {
  send(response, JSON.stringify(value), 'application/json; charset=utf-8', status);
}

export function sendHtml(response: ServerResponse, html: string, status = 200): void {
  send(response, html, 'text/html; charset=utf-8', status);
}

export function sendError(response: ServerResponse, status: number, error: string): void {
  if (response.headersSent) return void response.destroy();
  if (status >= 400 && status !== 404) response.setHeader('connection', 'close');
  sendJson(response, { error }, status);
}

function send(response: ServerResponse, text: string, type: string, status: number): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(text) });
  response.end(isHead(response.req) ? undefined : text);
}

export function redirect(response: ServerResponse, location: string, headers: Record<string, string> = {}): void {
  response.writeHead(303, { location, 'content-length': 0, ...headers });
  response.end();
}

interface Body {
  readonly type: string;
  readonly name?: string; // to be saved under
  readonly bytes?: number;
  readonly isForeign?: boolean; // it comes from the results folder
  readonly isFixed?: boolean; // it may be kept by the browser: its name changes with it
}

/** A body of any length, read no faster than it is taken. */
export async function sendStream(
  response: ServerResponse,
  { type, name, bytes, isForeign = false, isFixed = false }: Body,
  from: () => Readable | Iterable<string>,
): Promise<void> {
  if (isForeign) response.setHeader('content-security-policy', FOREIGN);
  if (isFixed) response.setHeader('cache-control', 'private, max-age=31536000, immutable');
  if (name !== undefined) response.setHeader('content-disposition', `attachment; filename="${name}"`);
  response.writeHead(200, { 'content-type': type, ...(bytes === undefined ? {} : { 'content-length': bytes }) });
  if (isHead(response.req)) return void response.end();
  const source = from();
  await pipeline(source instanceof Readable ? source : Readable.from(source), response).catch((error: unknown) => {
    if (!isGone(error)) throw error;
  });
}

const isHead = ({ method }: IncomingMessage): boolean => method === 'HEAD';

/** The reader has left. */
export function isGone(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  return code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ECONNRESET' || code === 'EPIPE';
}
