/** What is left of many runs: a table, a picture, and both as data. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Experiment } from '../../src/experiment/experiment.ts';
import type { Outcome } from '../../src/run/pool.ts';
import type { RunJob } from '../../src/run/run-job.ts';
import { failedResult } from '../../src/run/failed-result.ts';
import { writeSummary } from '../../src/run/summary.ts';
import { smallSetting } from '../support/runs.ts';
import { put, tempFolder } from '../support/temp.ts';

const folder = tempFolder();

/** Runs that ended with these errors, one seed each; null did not finish. */
async function outcomes(name: string, errors: readonly (number | null)[], steps = 1000): Promise<Outcome[]> {
  const { agent, ...rest } = await smallSetting({ steps });
  const setting = { ...rest, agent: { ...agent, id: name } };
  return errors.map((msre, seed) => {
    const job: RunJob = { experiment: 'summary', setting, seed, results: folder };
    const result = failedResult(job, 'no');
    if (msre === null) return { job, result };
    put(
      result.folder,
      'metrics.jsonl',
      `{"step":500,"msre":1,"count":500}\n{"step":1000,"msre":${msre},"count":500}\n`,
    );
    return {
      job,
      result: { ...result, status: 'done', steps, msre, explained: 1 - msre, nsPerStep: 2500, parameters: 7 },
    };
  });
}

it('is written before it is shown: means over the seeds that finished, the others counted', async () => {
  const all = [...(await outcomes('good', [0.25, 0.75, null])), ...(await outcomes('bad', [0.9, 1.1]))];
  const place = join(folder, 'shown');
  const { table, svg } = await writeSummary({ name: 'shown', experiment: null, folder: place, outcomes: all });
  expect(table).toMatch(/good +0\.500 .*50\.0 % +2\.5 +7 .*2 \(1 not finished\)/);
  expect(table).toMatch(/bad +1\.00/);
  const markdown = readFileSync(join(place, 'summary.md'), 'utf8');
  expect(markdown).toContain('| good');
  const summary = JSON.parse(readFileSync(join(place, 'summary.json'), 'utf8')) as {
    results: unknown[];
    score: object;
  };
  expect(summary.results).toHaveLength(5);
  expect(summary.score).toEqual({});
  expect(svg).toBe(join(place, 'curves.svg'));
  expect(readFileSync(svg!, 'utf8')).toContain('<svg');
  expect(existsSync(join(place, 'curves.vl.json'))).toBe(true);
});

it('asks the experiment for its score, and tells two settings of one agent apart', async () => {
  const experiment: Experiment = {
    question: 'Which is better?',
    title: 'Two of a kind',
    sweep: () => [],
    seeds: () => 1,
    run: () => Promise.resolve({}),
    score: (results) => ({ runs: results.length }),
  };
  const all = [...(await outcomes('same', [0.25])), ...(await outcomes('same', [0.5], 2000))];
  const place = join(folder, 'asked');
  const { table } = await writeSummary({ name: 'asked', experiment, folder: place, outcomes: all });
  expect(table.match(/^same steps=\d+ /gm)).toHaveLength(2);
  const summary = JSON.parse(readFileSync(join(place, 'summary.json'), 'utf8')) as Record<string, unknown>;
  expect(summary).toMatchObject({ question: 'Which is better?', score: { runs: 2 } });
});

it('draws nothing where nothing was measured', async () => {
  const all = await outcomes('none', [null, null]);
  const { table, svg } = await writeSummary({
    name: 'none',
    experiment: null,
    folder: join(folder, 'none'),
    outcomes: all,
  });
  expect(svg).toBeNull();
  expect(table).toMatch(/none +- +- +- +- .*0 \(2 not finished\)/);
});
