/** The dashboard's server while a run writes a hundred thousand rows and readers come and go: it holds what it held. */
import { get } from 'node:http';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { type Open, openDashboard } from '../support/dashboards.ts';
import { type Begun, linesOf, startUntil } from '../support/stopping.ts';
import { tempFolder } from '../support/temp.ts';

const MOST = 3; // MB more
const [FIRST, LAST] = [20_000, 120_000]; // rows

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const wait = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));

interface Held {
  readonly heap: number; // megabytes, buffers among them
  readonly open: number; // sockets, timers, files that are watched
}

/** Of this process, which is the server's. */
async function held(): Promise<Held> {
  await wait(1500); // connections that are over are closed
  for (let i = 0; i < 3; i++) collect();
  const { heapUsed, external } = process.memoryUsage();
  return { heap: (heapUsed + external) / 1e6, open: process.getActiveResourcesInfo().length };
}

function expectFlat(first: Held, last: Held): void {
  console.log(JSON.stringify({ first, last }));
  expect(last.heap - first.heap).toBeLessThan(MOST);
  expect(last.open - first.open).toBeLessThanOrEqual(2); // one more beat or look that is planned
}

/** A page that follows the run until it leaves. */
function follow({ port }: Open, id: string): { leave(): void; readonly bytes: () => number } {
  let bytes = 0;
  const path = `/api/stream?run=${id}&live=${id}&experiment=${id.split('/')[0]}`;
  const asked = get({ host: '127.0.0.1', port, path, agent: false }, (response) => {
    response.on('data', (data: Buffer) => (bytes += data.length)).on('error', () => undefined);
  });
  asked.on('error', () => undefined);
  return { leave: () => void asked.destroy(), bytes: () => bytes };
}

/** What a page asks for as it opens, and stays a moment. */
async function visit(open: Open, id: string): Promise<void> {
  const reader = follow(open, id);
  const [experiment] = id.split('/');
  const files = ['', '/metrics?points=500', '/step-sizes?points=500', '/log?limit=100&level=info'];
  for (const file of files) expect((await open.ask(`/api/runs/${id}${file}`)).status).toBe(200);
  expect((await open.ask(`/api/experiments/${experiment}/curves?points=200`)).status).toBe(200);
  await wait(100);
  reader.leave();
}

describe("memory of the dashboard's server", () => {
  const cwd = tempFolder();
  let run: Begun;

  const begin = (): Promise<Begun> => {
    const agent = ['--agent', 'columnar-td', '--env', 'trace-conditioning', '--set', 'agent.cell.columns=2'];
    const much = ['--set', 'every=200', '--log-every', '2000', '--steps', '1000000000'];
    return startUntil(cwd, 'live', 1, ['run', ...agent, ...much]);
  };

  it('is the same after a hundred thousand rows and fifty readers more', async () => {
    run = await begin();
    const results = join(cwd, 'live');
    const id = run.folder.slice(results.length + 1);
    const open = await openDashboard(results);
    const until = async (rows: number): Promise<void> => {
      while (linesOf(join(run.folder, 'metrics.jsonl')) < rows) await wait(1000);
    };
    const reader = follow(open, id);
    for (let i = 0; i < 5; i++) await visit(open, id); // caches are what they will be
    await until(FIRST);
    const first = await held();
    for (let i = 0; i < 50; i++) await visit(open, id);
    await until(LAST);
    const last = await held();
    expect(reader.bytes()).toBeGreaterThan(1e6);
    expectFlat(first, last);

    const others = Array.from({ length: 5 }, () => follow(open, id)); // what is held is seen
    const kept = Array.from({ length: 2e5 }, (_, i) => [i]);
    const more = await held();
    expect(() => expectFlat(last, more)).toThrow();
    expect(more.open - last.open).toBeGreaterThan(5);
    expect([kept.length, more.heap - last.heap > MOST]).toEqual([2e5, true]);
    for (const { leave } of [...others, reader]) leave();
    run.child.kill('SIGINT');
    await run.ended;
  });
});
