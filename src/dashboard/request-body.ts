import type { IncomingMessage } from 'node:http';
import { UserError } from '../user-error.ts';

/** A small JSON object, and nothing else. */
export async function jsonBody(request: IncomingMessage, most: number): Promise<Readonly<Record<string, unknown>>> {
  if (!/^application\/json(?:;|$)/.test(request.headers['content-type'] ?? ''))
    throw new UserError('Cannot read the request: its content-type must be application/json');
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > most) throw new UserError(`Cannot read the request: it is longer than ${most} bytes`);
    pieces.push(piece);
  }
  let value: unknown;
  try {
    value = JSON.parse(Buffer.concat(pieces).toString());
  } catch {
    value = null;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new UserError('Cannot read the request: it is no JSON object');
  return value as Record<string, unknown>;
}
