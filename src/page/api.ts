/** What the page asks of its server (src/dashboard/protocol.ts). */
import type { Session } from '../dashboard/protocol.ts';

/** What the server says of a request that it did not answer, or that it is not there. */
export class ApiError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

async function answer<T>(path: string, init?: RequestInit): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, init);
  } catch (error) {
    if ((error as Error).name === 'AbortError') throw error;
    throw new ApiError(0, 'The server does not answer: is agent-state dashboard still running?');
  }
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return body as T;
  const said = (body as { error?: string } | null)?.error;
  throw new ApiError(response.status, said ?? `The server answers ${response.status}`);
}

export const getJson = <T>(path: string, signal?: AbortSignal): Promise<T> =>
  answer<T>(path, signal ? { signal } : undefined);

let session: Promise<Session> | null = null;

/** Once for the page; asked again after it failed. */
export function getSession(): Promise<Session> {
  session ??= getJson<Session>('/api/session').catch((error: unknown) => {
    session = null;
    throw error;
  });
  return session;
}

export async function postJson<T>(path: string, body: unknown): Promise<T> {
  const post = async (): Promise<T> => {
    const { csrf } = await getSession();
    const headers = { 'content-type': 'application/json', 'x-csrf-token': csrf };
    return answer<T>(path, { method: 'POST', headers, body: JSON.stringify(body) });
  };
  try {
    return await post();
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 403)) throw error;
    session = null; // a server that was started anew has another secret
    return post();
  }
}
