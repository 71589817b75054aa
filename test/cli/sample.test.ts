/** agent-state sample: what it prints, its JSON, and its mistakes. */
import { relative } from 'node:path';
import { expect, it } from 'vitest';
import { cli, cliJson, mistake } from '../support/cli.ts';
import { tempFolder } from '../support/temp.ts';

const folder = tempFolder();

it('prints what an agent that tells classes says, as often as asked alike', async () => {
  const [{ folder: trained }] = await cliJson<[{ folder: string; bits: number }]>(folder, 'run', '--agent', 'snap-characters', '--env', 'hidden-markov-text', '--steps', '500'); // prettier-ignore
  const run = relative(folder, trained);
  const options = ['--length', '30', '--prompt', 'ABc', '--seed', '4'];
  const { stdout, code } = await cli(folder, 'sample', run, ...options);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^ABc[A-Da-h]{30}\n$/);
  const { prompt, text } = await cliJson<{ prompt: string; text: string }>(folder, 'sample', run, ...options);
  expect(`${prompt}${text}\n`).toBe(stdout);
  expect((await cli(folder, 'sample', run, ...options, '--seed', '5')).stdout).not.toBe(stdout);
  expect(await mistake(folder, 'sample', run, '--prompt', 'x')).toContain(
    'Cannot use --prompt: "x" is none of A B C D',
  );
  expect(await mistake(folder, 'sample', run, '--temperature', '0')).toContain('--temperature 0: it must be above 0');
  expect(await mistake(folder, 'sample', run, '--seed', '-1')).toContain('--seed -1: it must be a whole number from 0');
  expect(await mistake(folder, 'sample', 'nowhere')).toContain('Cannot open run nowhere');
});
