/** Files that grow while somebody looks: what arrives is what lies there, for the slow and for those who come again. */
import { appendFileSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { LogLine, Row, RunEntry } from '../../src/dashboard/protocol.ts';
import { updateRunRecord } from '../../src/results/run-record.ts';
import { openDashboard, type Open } from '../support/dashboards.ts';
import { keepRun } from '../support/kept-runs.ts';
import { tempFolder } from '../support/temp.ts';

const results = tempFolder();
let open: Open;
let count = 0;
const ends: (() => void)[] = [];
beforeAll(async () => {
  open = await openDashboard(results);
});
afterEach(() => ends.splice(0).forEach((end) => end()));

interface Event {
  readonly event: string;
  readonly id: string | undefined;
  readonly data: { run: string; file: string; isAnew: boolean; rows: Row[]; lines: LogLine[] } & RunEntry;
}

/** A reader of the stream; `isSlow`: it takes nothing until it is told to. */
async function follow(query: string, { last, isSlow = false }: { last?: string; isSlow?: boolean } = {}) {
  const events: Event[] = [];
  let text = '';
  const headers = last === undefined ? {} : { 'last-event-id': last };
  const response = await new Promise<import('node:http').IncomingMessage>((done) => {
    const asked = request(
      { host: '127.0.0.1', port: open.port, path: `/api/stream?${query}`, headers, agent: false },
      done,
    );
    asked.end();
    ends.push(() => asked.destroy());
  });
  response.on('error', () => undefined);
  const read = (): void => {
    response.on('data', (data: Buffer) => {
      text += data.toString();
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const fields = Object.fromEntries(
          text
            .slice(0, end)
            .split('\n')
            .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
        );
        text = text.slice(end + 2);
        if (fields['event'])
          events.push({ event: fields['event'], id: fields['id'], data: JSON.parse(fields['data']!) });
      }
    });
  };
  if (!isSlow) read();
  const rows = (): number[] =>
    events.filter(({ event }) => event === 'rows').flatMap(({ data }) => data.rows.map(({ step }) => step));
  return { events, rows, read, status: response.statusCode!, end: () => response.destroy() };
}

async function until(ready: () => boolean): Promise<void> {
  for (const end = performance.now() + 20_000; !ready(); await new Promise((done) => setTimeout(done, 10)))
    if (performance.now() > end) throw new Error('It did not come.');
}

const line = (step: number): string => `${JSON.stringify({ step, msre: 1 / step })}\n`;
const steps = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);

function fresh() {
  const kept = keepRun(results, { experiment: `live-${count++}`, status: 'running', end: null });
  const id = `${kept.record.experiment}/${kept.record.setting}/0`;
  const metrics = join(kept.folder, 'metrics.jsonl');
  return { ...kept, id, metrics, log: join(kept.folder, 'log.ndjson') };
}

describe('of a run', () => {
  it('first what there is, then what comes; a line when it is whole', async () => {
    const { id, metrics } = fresh();
    writeFileSync(metrics, steps(1, 3).map(line).join(''));
    const reader = await follow(`run=${id}`);
    await until(() => reader.rows().length === 3);
    const text = line(5);
    appendFileSync(metrics, line(4) + text.slice(0, 7));
    await until(() => reader.rows().length === 4);
    appendFileSync(metrics, text.slice(7));
    await until(() => reader.rows().length === 5);
    expect(reader.rows()).toEqual(steps(1, 5));
    const told = reader.events.filter(({ event }) => event === 'rows');
    expect(told.map(({ data }) => data.isAnew)).toEqual([true, false, false]);
    expect(reader.events[0]).toMatchObject({ event: 'run', data: { id, status: 'interrupted' } });
  });

  it('a reader that was cut off goes on where it was', async () => {
    const { id, metrics } = fresh();
    writeFileSync(metrics, steps(1, 3).map(line).join(''));
    const first = await follow(`run=${id}`);
    await until(() => first.rows().length === 3);
    first.end();
    appendFileSync(metrics, steps(4, 6).map(line).join(''));
    const again = await follow(`run=${id}`, { last: first.events.at(-1)!.id! });
    await until(() => again.rows().length > 0);
    expect(again.rows()).toEqual([4, 5, 6]);
    for (const last of ['nonsense', Buffer.from(`{"${id}":{"metrics":1e9}}`).toString('base64url'), 'x'.repeat(4000)]) {
      const anew = await follow(`run=${id}`, { last });
      await until(() => anew.rows().length > 0);
      expect(anew.rows(), last).toEqual(steps(1, 6));
    }
  });

  it('one that begins anew is told anew, one that ends is said to have', async () => {
    const { id, metrics, folder } = fresh();
    writeFileSync(metrics, steps(1, 3).map(line).join(''));
    const reader = await follow(`run=${id}`);
    await until(() => reader.rows().length === 3);
    writeFileSync(`${metrics}.new`, steps(1, 4).map(line).join('')); // another file, and longer
    renameSync(`${metrics}.new`, metrics);
    await until(() => reader.rows().length === 7);
    expect(reader.events.filter(({ event }) => event === 'rows').at(-1)!.data.isAnew).toBe(true);
    updateRunRecord(join(folder, 'run.json'), { status: 'done' });
    await until(() => reader.events.some(({ data }) => data.status === 'done'));
  });

  it('its log, of many lines the newest', async () => {
    const { id, log } = fresh();
    const record = (n: number): string => `${JSON.stringify({ level: 30, msg: `line ${n}` })}\n`;
    writeFileSync(log, steps(1, 300).map(record).join(''));
    const reader = await follow(`run=${id}`);
    const lines = (): string[] =>
      reader.events
        .filter(({ event }) => event === 'log')
        .flatMap(({ data }) => data.lines.map(({ record: one }) => String(one!['msg'])));
    await until(() => lines().length > 0);
    appendFileSync(log, record(301));
    await until(() => lines().includes('line 301'));
    expect(lines()).toEqual(steps(201, 301).map((n) => `line ${n}`));
  });

  it('a slow reader gets fewer rows, the last among them, and the server holds little for it', async () => {
    const { id, metrics } = fresh();
    writeFileSync(metrics, line(1));
    const wide = (step: number): string =>
      `${JSON.stringify({ step, wide: Array.from({ length: 200 }, () => 1.23456789) })}\n`;
    const slow = await follow(`run=${id}`, { isSlow: true });
    const quick = await follow(`run=${id}`);
    await until(() => quick.rows().length === 1);
    const before = process.memoryUsage().rss;
    for (let block = 0; block < 15; block++) {
      appendFileSync(
        metrics,
        steps(1000 * block + 2, 1000 * block + 1001)
          .map(wide)
          .join(''),
      );
      await until(() => quick.rows().includes(1000 * block + 1001));
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(200e6); // 30 MB were written
    slow.read();
    await until(() => slow.rows().at(-1) === 15_001);
    expect(slow.rows().length).toBeLessThan(quick.rows().length / 2);
    expect(slow.rows()).toEqual([...slow.rows()].sort((a, b) => a - b));
  });
});

describe('of an experiment', () => {
  it('every run, those that begin later too', async () => {
    const { id, record } = fresh();
    const reader = await follow(`experiment=${record.experiment}`);
    await until(() => reader.events.length === 1);
    keepRun(results, { experiment: record.experiment, seed: 1 });
    await until(() => reader.events.length === 2);
    expect(reader.events.map(({ data }) => [data.id, data.status])).toEqual([
      [id, 'interrupted'],
      [`${record.experiment}/${record.setting}/1`, 'done'],
    ]);
  });

  it('that is not there yet', async () => {
    const reader = await follow('experiment=later&run=later/0123456789/0');
    mkdirSync(join(results, 'later'));
    keepRun(results, { experiment: 'later' });
    await until(() => reader.events.length > 0);
    expect(reader.events[0]!.data.experiment).toBe('later');
  });
});

describe('limits', () => {
  it('of what can be named', async () => {
    for (const query of [
      'run=..%2f..%2fetc',
      'run=a/b',
      'run=a/b/..',
      'experiment=..',
      'experiment=%00',
      'run=a/b/c&'.repeat(9),
    ])
      expect((await open.ask(`/api/stream?${query}`)).status, query).toBe(400);
  });

  it('of readers: more are told to come later, and may when others have left', async () => {
    const readers = [];
    for (let i = 0; i < 32; i++) readers.push(await follow('experiment=none'));
    expect(readers.every(({ status }) => status === 200)).toBe(true);
    expect((await follow('experiment=none')).status).toBe(503);
    readers[0]!.end();
    await new Promise((done) => setTimeout(done, 200));
    expect((await follow('experiment=none')).status).toBe(200);
  });

  it('of readers: those who left before they were answered are not among them', async () => {
    await new Promise((done) => setTimeout(done, 200));
    const asked = `GET /api/stream?experiment=none HTTP/1.1\r\nHost: 127.0.0.1:${open.port}\r\n\r\n`;
    const leave = (): Promise<void> =>
      new Promise((done) => {
        const socket = connect(open.port, '127.0.0.1', () => socket.write(asked, () => socket.destroy()));
        socket.on('error', () => undefined).on('close', () => done());
      });
    await Promise.all(Array.from({ length: 60 }, leave));
    await new Promise((done) => setTimeout(done, 500));
    const readers = [];
    for (let i = 0; i < 32; i++) readers.push((await follow('experiment=none')).status);
    expect(readers.filter((status) => status !== 200)).toEqual([]);
    expect((await follow('experiment=none')).status).toBe(503); // this is how it is seen
  });
});
