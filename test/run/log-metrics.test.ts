import { expect, test } from 'vitest';
import type { LoggedValues } from '../../src/run/log-metrics.ts';
import { smallAgent } from '../support/learners.ts';
import { type Files, run, SMALL_ENV, smallSetting } from '../support/runs.ts';
import { resolveSetting } from '../../src/run/setting.ts';
import { tempFolder } from '../support/temp.ts';

const folder = tempFolder();
type Logged = readonly [step: number, values: LoggedValues];

async function logged(name: string, every: number, over: Record<string, unknown> = {}) {
  const records: Logged[] = [];
  const setting = await smallSetting(over);
  const emit = (step: number, values: LoggedValues): number => records.push([step, values]);
  return { records, ...(await run(folder, name, { setting, logMetrics: { every, emit } })) };
}

const unlike = (files: Files): Files => ({ ...files, checkpoint: `${files.checkpoint}x` });

test.each(['reference', 'compiled'])(
  'what is logged at every step moves no bit of what is learned: %s',
  async (path) => {
    const quiet = await run(folder, `quiet-${path}`, { setting: await smallSetting({ path }) });
    const { files, records } = await logged(`every-${path}`, 1, { path });
    expect(records.map(([step]) => step)).toEqual(Array.from({ length: 3000 }, (_, i) => i + 1));
    expect(files).toEqual(quiet.files);
    expect(files).not.toEqual(unlike(quiet.files)); // the control
  },
);

test('a record comes every n steps, wherever chunks end, with the mean over the steps since the one before', async () => {
  const [each, some] = [await logged('each', 1), await logged('some', 300)];
  expect(some.records.map(([step]) => step)).toEqual([300, 600, 900, 1200, 1500, 1800, 2100, 2400, 2700, 3000]);
  const second = each.records.slice(300, 600).map(([, values]) => values['absDelta']!);
  const mean = second.reduce((sum, value) => sum + value, 0) / 300;
  expect(some.records[1]![1]['absDelta']).toBeCloseTo(mean, 12);
  expect(mean).toBeGreaterThan(0);
});

test('it tells the latest error, and the median step size where the rule moves them', async () => {
  const { records } = await logged('idbd', 1000, { path: 'reference' });
  expect(records[0]![1]['msre']).toBeGreaterThan(0);
  expect(Object.keys(records[0]![1])).toContain('stepSize.head'); // rmsprop
  const agent = { ...smallAgent({ rule: { id: 'td-lambda' } }), id: 'fixed' };
  const setting = await resolveSetting({ agent, env: SMALL_ENV, steps: 1000 });
  const found: Logged[] = [];
  await run(folder, 'fixed', {
    setting,
    logMetrics: { every: 10, emit: (step, values) => found.push([step, values]) },
  });
  expect(Object.keys(found[0]![1])).toEqual(['msre', 'absDelta']);
  expect(found[0]![1]['msre']).toBeNull(); // nothing is scored yet
});
