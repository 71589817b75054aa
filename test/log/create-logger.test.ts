import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createLogger } from '../../src/log/create-logger.ts';
import { openLog } from '../../src/log/open-log.ts';
import { UserError } from '../../src/user-error.ts';
import { memory } from './memory.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('a line', () => {
  test('holds level, time, message and fields, and neither pid nor host', () => {
    const sink = memory();
    createLogger({ destination: sink }).info({ a: 1 }, 'hello');
    const [record] = sink.records();
    expect(Object.keys(record!).sort()).toEqual(['a', 'level', 'msg', 'time']);
    expect(record).toMatchObject({ level: 30, a: 1, msg: 'hello' });
  });

  test('has vectors summarised, at the top and further in, and plain lists left alone', () => {
    const sink = memory();
    const weights = new Float64Array(1000).fill(2);
    weights[7] = -1;
    const summary = { length: 1000, mean: 1.997, norm: expect.closeTo(Math.sqrt(3997), 9) as number, min: -1, max: 2 };
    const fields = { weights, learner: { head: { w: weights }, list: [weights, 1] }, plain: [1, 2], name: 'x' };
    createLogger({ destination: sink }).info(fields);
    expect(sink.records()[0]).toMatchObject({
      weights: summary,
      learner: { head: { w: summary }, list: [summary, 1] },
      plain: [1, 2],
      name: 'x',
    });
    expect(sink.text().length).toBeLessThan(500);
    expect(JSON.stringify(fields).length).toBeGreaterThan(10_000); // the control
    expect(fields.learner.head.w).toBe(weights); // the caller's object is left alone
  });

  test('has null where a summary is not finite', () => {
    const sink = memory();
    createLogger({ destination: sink }).info({ w: Float64Array.of(1, NaN), none: new Float64Array(0) });
    expect(sink.records()[0]).toMatchObject({
      w: { length: 2, mean: null, norm: null, min: null, max: null },
      none: { length: 0, mean: null, norm: 0 },
    });
  });

  test('shows no secrets', () => {
    const sink = memory();
    createLogger({ destination: sink }).info({ token: 'abc1', env: { WANDB_API_KEY: 'abc2', HOME: '/home/me' } });
    expect(sink.text()).not.toMatch(/abc[12]/);
    expect(sink.records()[0]).toMatchObject({ token: '[redacted]', env: { HOME: '/home/me' } });
  });

  test('has the stack and cause of an error', () => {
    const sink = memory();
    createLogger({ destination: sink }).error({ err: new UserError('no', { cause: new Error('why') }) }, 'failed');
    expect(sink.records()[0]).toMatchObject({ level: 50, err: { type: 'UserError', message: 'no: why' } });
    expect(sink.text()).toContain('create-logger.test.ts');
  });
});

describe('the level', () => {
  const seen = (level?: string): unknown[] => {
    const sink = memory();
    const logger = createLogger({ destination: sink, ...(level === undefined ? {} : { level }) });
    logger.debug('d');
    logger.info('i');
    logger.error('e');
    return sink.records().map(({ msg }) => msg);
  };

  test('is the option, else LOG_LEVEL, else info', () => {
    vi.stubEnv('LOG_LEVEL', '');
    expect(seen()).toEqual(['i', 'e']);
    vi.stubEnv('LOG_LEVEL', 'debug');
    expect(seen()).toEqual(['d', 'i', 'e']);
    vi.stubEnv('LOG_LEVEL', 'ERROR');
    expect(seen()).toEqual(['e']);
    expect(seen('silent')).toEqual([]);
  });

  test('nobody knows is refused with those that exist', () => {
    expect(() => seen('loud')).toThrow(UserError);
    expect(() => seen('loud')).toThrow('Cannot log at level "loud": the levels are trace, debug, info');
  });
});

describe('pretty lines', () => {
  test('are one line per record with its fields, and the stack of an error below', () => {
    const sink = memory();
    const logger = createLogger({ destination: sink, pretty: true });
    logger.info({ step: 5, name: 'x' }, 'hello');
    expect(sink.text()).toMatch(/^\d\d:\d\d:\d\d INFO {2}hello step=5 name=x\n$/);
    logger.error(new Error('broken'));
    expect(sink.text()).toMatch(/ERROR broken\nError: broken\n {4}at /);
  });
});

describe('a file', () => {
  test('is made with its folders, appended to, and complete at every moment', () => {
    const folder = mkdtempSync(join(tmpdir(), 'log-'));
    const path = join(folder, 'deep', 'log.ndjson');
    createLogger({ destination: path }).info('one');
    createLogger({ destination: path }).info('two');
    expect(readFileSync(path, 'utf8').trim().split('\n')).toHaveLength(2);
    rmSync(folder, { recursive: true });
  });

  test('that cannot be opened, or is on a full disk, is one line', () => {
    const folder = mkdtempSync(join(tmpdir(), 'log-'));
    const file = join(folder, 'file');
    writeFileSync(file, '');
    expect(() => openLog(join(file, 'log.ndjson'))).toThrow(UserError);
    expect(() => openLog(join(file, 'log.ndjson'))).toThrow(/^Cannot write the log to [^\n]*a file stands where/);
    expect(() => openLog(file)).not.toThrow();
    rmSync(folder, { recursive: true });
  });

  test.runIf(existsSync('/dev/full'))('on a full disk ends the call that logs with one line', () => {
    const logger = createLogger({ destination: '/dev/full' });
    expect(() => {
      logger.info('x');
    }).toThrow('Cannot write the log to /dev/full: no space left on the device');
  });
});
