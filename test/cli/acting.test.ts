import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cli, cliJson, mistake, type RunJson } from '../support/cli.ts';
import { tempFolder } from '../support/temp.ts';

const folder = tempFolder();
const RUN = ['run', '--agent', 'actor-critic-no-memory', '--env', 't-maze', '--steps', '3000'];

it('run shows what an agent that acts earns, and how often it reaches its goal', async () => {
  const { code, stdout, stderr } = await cli(folder, ...RUN, '--seeds', '2');
  expect(code).toBe(0);
  expect(stdout).toMatch(/agent +return +95% interval +success +us\/step/);
  expect(stdout).toMatch(/actor-critic-no-memory +-?[\d.]+ +-?[\d.]+ \.\. -?[\d.]+ +[\d.]+ %/);
  expect(stderr).toMatch(/seed [01]: done after 3000 steps, return -?[\d.]+, success [\d.]+ %/);
  expect(stdout).not.toContain('error');
  const [, path] = /curves +(\S+)/.exec(stdout)!;
  expect(readFileSync(join(folder, path!), 'utf8')).toContain('mean return of an episode');
});

it('as JSON too; prediction has no such fields', async () => {
  const [run] = await cliJson<(RunJson & { return: number; success: number })[]>(folder, ...RUN);
  expect(run).toMatchObject({ status: 'done', msre: null, explained: null });
  expect(run!.return).toBeLessThan(4);
  expect(run!.success).toBeGreaterThan(0);
  const predicts = ['run', '--agent', 'no-memory', '--env', 't-maze', '--steps', '500'];
  expect((await cliJson<object[]>(folder, ...predicts))[0]).not.toHaveProperty('success');
});

it('and says in one line where it cannot act', async () => {
  const box = ['run', '--agent', 'actor-critic', '--env', 'pendulum', '--steps', '100'];
  expect(await mistake(folder, ...box)).toContain('with actor-critic: it takes those of a Discrete space');
  const compiled = [...RUN, '--path', 'compiled'];
  expect(await mistake(folder, ...compiled)).toContain('the head has no kernel: it chooses an action at every step');
});
