/** Two hundred kill -9 of a sweep, of its command and its workers: the bytes of one that nobody disturbed. */
import { join } from 'node:path';
import { createRng } from '@rl-tools/envs';
import { expect, it } from 'vitest';
import { cli } from '../support/cli.ts';
import { bytesOfAll, finished, killAgainAndAgain, sweepOf } from '../support/killing.ts';
import { tempFolder } from '../support/temp.ts';

const cwd = tempFolder();
const RUNS = 300;
const KILLS = 200;

it('two hundred kills lose nothing that was finished, and the end is the same', async () => {
  const args = sweepOf(RUNS, 'killed');
  const hits = await killAgainAndAgain(cwd, 'killed', args, KILLS, createRng('two hundred'));
  const before = finished(join(cwd, 'killed')).size;
  expect((await cli(cwd, ...args)).code).toBe(0);
  expect((await cli(cwd, ...sweepOf(RUNS, 'whole'))).code).toBe(0);
  const whole = bytesOfAll(join(cwd, 'whole'));
  expect(bytesOfAll(join(cwd, 'killed'))).toEqual(whole);
  expect(Object.keys(whole)).toHaveLength(RUNS);
  console.log(`${hits} kills hit a process; ${before} of ${RUNS} runs were finished before the last command`);
  expect(hits).toBeGreaterThanOrEqual(KILLS); // the control: it was no easy life
  expect(before).toBeGreaterThan(0); // and it went on in spite of it
}, 1_800_000);
