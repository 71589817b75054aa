/** What a request brings, of the one kind that is expected and no longer than it may be. */
import type { IncomingMessage } from 'node:http';
import { UserError } from '../user-error.ts';

/** A small JSON object, and nothing else. */
export async function jsonBody(request: IncomingMessage, most: number): Promise<Readonly<Record<string, unknown>>> {
  const text = await bodyOf(request, 'application/json', most);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = null;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new UserError('Cannot read the request: it is no JSON object');
  return value as Record<string, unknown>;
}

/** The fields of a form. */
export async function formBody(request: IncomingMessage, most: number): Promise<URLSearchParams> {
  return new URLSearchParams(await bodyOf(request, 'application/x-www-form-urlencoded', most));
}

async function bodyOf(request: IncomingMessage, type: string, most: number): Promise<string> {
  const [given] = (request.headers['content-type'] ?? '').split(';');
  if (given !== type) throw new UserError(`Cannot read the request: its content-type must be ${type}`);
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > most) throw new UserError(`Cannot read the request: it is longer than ${most} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString();
}
