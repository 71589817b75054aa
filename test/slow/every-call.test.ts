/** A run that is killed just before a call to the file system, all through its life, and once more on its way back. */
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { leaseHolder } from '../../src/results/lease.ts';
import { openRunFolder } from '../../src/results/run-folder.ts';
import { readRunRecord } from '../../src/results/run-record.ts';
import { folderOf, type RunJob } from '../../src/run/run-job.ts';
import { type Files, filesOf, smallSetting } from '../support/runs.ts';
import { put, tempFolder } from '../support/temp.ts';

const root = tempFolder();
const KILLS = Number(process.env['KILLS'] ?? 60); // points of more than a thousand
const url = pathToFileURL(resolve('dist/src/run/start-run.js')).href;
const script = put(
  root,
  'live.mjs',
  `import fs from 'node:fs';
   import { syncBuiltinESMExports } from 'node:module';
   const [path, last] = process.argv.slice(2);
   const { startRun } = await import(${JSON.stringify(url)});
   let calls = 0;
   const changing = ['openSync', 'closeSync', 'writeSync', 'writeFileSync', 'appendFileSync', 'renameSync', 'rmSync',
     'linkSync', 'fsyncSync', 'ftruncateSync', 'mkdirSync'];
   for (const name of changing) {
     const real = fs[name];
     fs[name] = (...args) => {
       if (calls++ === Number(last)) process.kill(process.pid, 'SIGKILL');
       return real(...args);
     };
   }
   syncBuiltinESMExports();
   await startRun(JSON.parse(fs.readFileSync(path, 'utf8')));
   console.log(calls);`,
);

/** The calls that it made; null: it was killed before call number `last`. */
async function live(job: string, last: number): Promise<number | null> {
  const child = spawn(process.execPath, [script, job, String(last)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (data: Buffer) => (said += data.toString()));
  const signal = await new Promise((done) => child.on('close', (_, by) => done(by)));
  return signal === 'SIGKILL' ? null : Number(said);
}

it('ends with the bytes of one that nobody killed', async () => {
  const { agent } = await smallSetting();
  const rule = { id: 'tidbd', alpha: 0.01, theta: 0.01 }; // with step sizes to tell of
  const setting = await smallSetting({ agent: { ...agent, rule }, steps: 1500 });
  const lives = async (name: string, kills: readonly number[]): Promise<Files & { killed: number }> => {
    const results = join(root, name);
    mkdirSync(results);
    const job: RunJob = { experiment: 'x', setting, seed: 0, results, missing: true, checkpointEvery: 600 };
    const path = put(results, 'job.json', JSON.stringify(job));
    let killed = 0;
    for (const last of kills) if ((await live(path, last)) === null) killed++;
    expect(await live(path, -1), name).toBeGreaterThan(0);
    const folder = openRunFolder(folderOf(job));
    expect(readRunRecord(folder.record).status, name).toBe('done');
    expect(leaseHolder(folder.path), name).toBeNull();
    return { ...filesOf(folder), killed };
  };
  const whole = await lives('whole', []);
  const calls = (await live(
    put(root, 'count.json', JSON.stringify({ experiment: 'y', setting, seed: 0, results: root, checkpointEvery: 600 })),
    -1,
  ))!;
  expect(calls).toBeGreaterThan(60);
  const stride = Math.ceil(calls / KILLS);
  let killed = 0;
  const lane = async (from: number): Promise<void> => {
    for (let last = from; last < calls; last += 2 * stride) {
      const end = await lives(`kill-${last}`, [last, (7 * last) % calls]);
      expect({ ...end, killed: 0 }, `killed before call ${last}`).toEqual({ ...whole, killed: 0 });
      killed += end.killed;
    }
  };
  await Promise.all([lane(0), lane(stride)]);
  console.log(`${killed} kills, spread over ${calls} calls`);
  expect(killed).toBeGreaterThanOrEqual(Math.floor(calls / stride)); // the control
});
