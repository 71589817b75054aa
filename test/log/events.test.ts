import { expect, test } from 'vitest';
import { createLogger } from '../../src/log/create-logger.ts';
import { logEvent, runLogger } from '../../src/log/log-event.ts';
import { silentLogger } from '../../src/log/logger.ts';
import { type LogEvent, logEvent as logEventSchema, logRecord } from '../../src/log/records.ts';
import { memory } from './memory.ts';

const events: LogEvent[] = [
  {
    event: 'run.start',
    folder: '/results/x',
    steps: 1000,
    pid: 1,
    host: 'here',
    node: '20.19.0',
    commit: null,
    resumedFrom: null,
  },
  { event: 'run.done', step: 1000, seconds: 1.5, scores: { msre: 0.01 } },
  { event: 'run.diverged', step: 17, buffer: 'cell.theta' },
  { event: 'run.interrupted', step: 17, signal: 'SIGTERM' },
  { event: 'run.failed', step: 17, err: new RangeError('out of range') },
  { event: 'episode.end', step: 20, episode: 2, length: 10, return: -3 },
  { event: 'stage.frozen', step: 30, stage: 1, units: 8 },
  { event: 'checkpoint.saved', step: 40, path: '/results/x/checkpoint', bytes: 100 },
  { event: 'checkpoint.restored', step: 40, path: '/results/x/checkpoint' },
  { event: 'metrics', step: 50, values: { msre: 0.02 } },
  {
    event: 'path.chosen',
    path: 'compiled',
    precision: 'f32',
    simd: 'deterministic',
    threads: 1,
    memoryBytes: 65536,
    bytesPerParameter: 40.5,
    reason: 'every part has a kernel',
  },
  { event: 'env.warning', step: 60, warning: 'observation outside its space' },
  { event: 'audit.window', step: 70, reference: 'shadow', cosines: { snap: 0.97, diverged: NaN } },
  { event: 'audit.left-out', step: 80, estimator: 'dni', reason: 'it learns from targets' },
];
const bindings = { run: 'exp/abc/3', experiment: 'exp', agent: 'columnar', env: 'trace-patterning', seed: 3 };

test('every kind of event has an example here', () => {
  const kinds = logEventSchema.options.map((option) => option.shape.event.value);
  expect(events.map(({ event }) => event).sort()).toEqual([...kinds].sort());
});

test('every event becomes one record that the schema reads back, with its run and a message', () => {
  const sink = memory();
  const logger = runLogger(createLogger({ destination: sink, level: 'debug' }), bindings);
  for (const event of events) logEvent(logger, event);
  const records = sink.records();
  expect(records).toHaveLength(events.length);
  records.forEach((record, i) => {
    const parsed = logRecord.parse(record);
    expect(parsed).toMatchObject({ ...bindings, event: events[i]!.event });
    expect(parsed.msg).not.toBe('');
  });
  expect(records[1]).toMatchObject({ level: 30, step: 1000, scores: { msre: 0.01 }, msg: 'run done after 1000 steps' });
  expect(records[2]).toMatchObject({ level: 40, msg: 'diverged at step 17: cell.theta is not finite' });
  expect(records[4]).toMatchObject({ level: 50, err: { type: 'RangeError', message: 'out of range' } });
  expect(records[4]).toHaveProperty('err.stack');
});

test('the schema refuses unknown events and missing fields', () => {
  const line = { level: 30, time: 1, msg: 'm' };
  expect(logRecord.safeParse({ ...line, event: 'metrics', step: 1, values: {} }).success).toBe(true);
  expect(logRecord.safeParse({ ...line, event: 'metrics', values: {} }).success).toBe(false);
  expect(logRecord.safeParse({ ...line, event: 'metric', step: 1, values: {} }).success).toBe(false);
  expect(logRecord.safeParse({ event: 'metrics', step: 1, values: {} }).success).toBe(false);
});

test('episodes are not seen at the default level, which other events are', () => {
  const sink = memory();
  const logger = createLogger({ destination: sink, level: 'info' });
  for (const event of events) logEvent(logger, event);
  const seen = sink.records().map(({ event }) => event);
  expect(seen).not.toContain('episode.end');
  expect(seen).toHaveLength(events.length - 1);
});

test('scores that are not finite arrive as null', () => {
  const sink = memory();
  logEvent(createLogger({ destination: sink }), { event: 'run.done', step: 1, seconds: 1, scores: { a: NaN } });
  expect(sink.records()[0]).toMatchObject({ scores: { a: null } });
});

test('the silent logger takes every event and has silent children', () => {
  const child = runLogger(silentLogger, bindings);
  for (const event of events) {
    expect(() => {
      logEvent(child, event);
    }).not.toThrow();
  }
});
