/** Runs of agents that act: their actions are the environment's, and an interruption leaves no trace. */
import { beforeAll, expect, it } from 'vitest';
import { readMetrics } from '../../src/results/metrics-file.ts';
import { prepare } from '../../src/run/prepare.ts';
import { resolveSetting, type Setting } from '../../src/run/setting.ts';
import { smallAgent } from '../support/learners.ts';
import { type Files, run, smallSetting } from '../support/runs.ts';
import { put, tempFolder } from '../support/temp.ts';
import { RING_ENV } from '../support/user-files.ts';

const results = tempFolder();
const agent = {
  ...smallAgent({
    head: { id: 'actor-critic' },
    features: { id: 'normalised' },
    rule: { id: 'rmsprop', alpha: 0.003 },
  }),
  id: 'small-actor',
};
let setting: Setting;
let whole: Files;

beforeAll(async () => {
  setting = await resolveSetting({ agent, env: { id: 't-maze', size: 3 }, include: ['lastAction'], steps: 3000 });
  whole = (await run(results, 'whole', { setting })).files;
});

it('are scored by what episodes earn, unless told otherwise; others may be', async () => {
  expect(setting.target).toBe('episodes');
  expect((await resolveSetting({ ...setting, target: 'return' })).target).toBe('return');
  expect((await smallSetting()).target).toBe('return');
  expect((await smallSetting({ target: 'episodes' })).target).toBe('episodes');
});

it.each(['actor-critic', 'sarsa-lambda', 'q-lambda'])(
  'by %s: one stopped twice ends with the same bytes',
  async (id) => {
    const own = id === 'actor-critic' ? setting : { ...setting, agent: { ...setting.agent, head: { id } } };
    const { files } = await run(results, `${id}-whole`, { setting: own });
    for (const [i, stopAt] of [701, 1950, Infinity].entries()) {
      const { end } = await run(results, `${id}-cut`, { setting: own, stopAt, resume: i > 0 });
      expect(end.status).toBe(stopAt === Infinity ? 'done' : 'interrupted');
    }
    const { end, files: cut } = await run(results, `${id}-cut`, { setting: own, resume: true });
    expect(end.status).toBe('done');
    expect(cut).toEqual(files);
    if (id === 'actor-critic') expect(files).toEqual(whole);
    expect((await run(results, `${id}-other`, { setting: own, seed: 1 })).files.metrics).not.toEqual(files.metrics);
  },
);

it('end with the mean return of the last episodes and how many reached their goal; lines say so on the way', async () => {
  const { end, folder } = await run(results, 'scored', { setting });
  expect(end.scores).toEqual({
    msre: null,
    explained: null,
    return: expect.any(Number) as number,
    success: expect.any(Number) as number,
  });
  const { return: earned, success } = end.scores;
  expect(earned! > -5 && earned! < 4 && success! > 0 && success! <= 1).toBe(true);
  const rows = readMetrics(folder.metrics);
  expect(rows.length).toBeGreaterThan(10);
  for (const row of rows) expect(Object.keys(row)).toEqual(['step', 'return', 'success', 'episodes']);
});

it("the environment gets the learner's actions, as its space counts them", async () => {
  const ring = put(
    results,
    'counted.ts',
    RING_ENV.replace('actionSpace = discrete(2)', 'actionSpace = discrete(2, 5)'),
  );
  const { interaction, learner, env } = await prepare(
    await resolveSetting({ agent, env: { id: ring }, discount: 0.9, include: ['lastAction'], steps: 40 }),
    0,
    () => undefined,
  );
  const { chunk, inputSize: m } = interaction;
  const n = env.actionSpace.size;
  const report = { steps: chunk, length: 0, prediction: new Float64Array(1), delta: new Float64Array(1) };
  const asked: number[] = [];
  const seen: number[] = [];
  while (interaction.fill()) {
    const last = [...chunk.observation.subarray(m - n, m)];
    if (chunk.start[0] === 0) seen.push(last.indexOf(1));
    learner.run(chunk, report);
    asked.push(learner.action);
  }
  expect(seen).toEqual(asked.slice(0, -1));
  expect(new Set(seen).size).toBeGreaterThan(1);
});

it('cannot be gone on with where the environment cannot be saved, and say so', async () => {
  const env = { id: put(results, 'ring.ts', RING_ENV) };
  const own = await resolveSetting({ agent, env, discount: 0.9, steps: 1000 });
  await run(results, 'ring', { setting: own, stopAt: 500 });
  await expect(run(results, 'ring', { setting: own, resume: true })).rejects.toThrow(
    /^Cannot resume an agent that acts in \S+: the environment cannot be saved .* start the run anew$/,
  );
});
