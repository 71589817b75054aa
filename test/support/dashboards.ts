/** A dashboard on a results folder, and requests to it as no browser would write them. */
import { request, type IncomingHttpHeaders } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterAll } from 'vitest';
import { createDashboard, type Dashboard, type DashboardOptions } from '../../src/dashboard/server.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface Asked {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Open extends Dashboard {
  readonly port: number;
  readonly problems: string[];
  ask(path: string, asked?: Asked): Promise<Answer>;
  json<T>(path: string): Promise<T>;
}

/** Closed after the tests of this file. */
export async function openDashboard(results: string, options: Partial<DashboardOptions> = {}): Promise<Open> {
  const problems: string[] = [];
  const page = new URL('file:///nowhere/'); // whether it was built or not
  const dashboard = await createDashboard({ results, page, onProblem: (line) => problems.push(line), ...options });
  afterAll(() => dashboard.close());
  const port = Number(new URL(dashboard.url).port);
  const ask = (path: string, asked?: Asked): Promise<Answer> => send(port, path, asked);
  return {
    ...dashboard,
    port,
    problems,
    ask,
    async json<T>(path: string): Promise<T> {
      const { status, text } = await ask(path);
      if (status !== 200) throw new Error(`${path}: ${status} ${text}`);
      return JSON.parse(text) as T;
    },
  };
}

export function send(port: number, path: string, { method = 'GET', headers = {}, body }: Asked = {}): Promise<Answer> {
  return new Promise((done, fail) => {
    const asked = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('end', () =>
        done({ status: response.statusCode!, headers: response.headers, text: Buffer.concat(pieces).toString() }),
      );
      response.on('error', fail);
    });
    asked.on('error', fail);
    asked.end(body);
  });
}

/** What comes back for these very bytes, until the server closes or `milliseconds` are over. */
export function raw(port: number, bytes: string, milliseconds = 2000): Promise<{ text: string; isClosed: boolean }> {
  return new Promise((done) => {
    let text = '';
    const socket: Socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    const timer = setTimeout(() => finish(false), milliseconds);
    const finish = (isClosed: boolean): void => {
      clearTimeout(timer);
      socket.destroy();
      done({ text, isClosed });
    };
    socket.on('data', (data) => (text += data.toString('latin1')));
    socket.on('error', () => undefined).on('close', () => finish(true));
  });
}
